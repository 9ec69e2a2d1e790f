// Keeps the HTTP interface as it is released. A compatible change is taken over; a breaking one is refused, as it
// needs another major version, which has a file of its own.
import { readFile, writeFile } from "node:fs/promises";
import type { ApiDocument } from "../packages/service/src/openapi-document.ts";
import { compareContracts } from "./contract/compare-contracts.ts";
import { formatContract, readCurrentContract, releasedContract } from "./contract/current-contract.ts";

const current = await readCurrentContract();
const released = await readFile(releasedContract, "utf8").catch(() => undefined);
const breaks = released === undefined ? [] : compareContracts(JSON.parse(released) as ApiDocument, current);
if (breaks.length > 0) {
  throw new Error(
    `This breaks clients of the released contract:\n${breaks.map(({ at, what }) => `  ${at}: ${what}`).join("\n")}\n` +
      "Take it back, or raise the first number of apiVersion in packages/service/src/openapi-route.ts.",
  );
}
await writeFile(releasedContract, formatContract(current));
