import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { checkLicences } from "../checks/check-licences.ts";
import { checkLockFile } from "../checks/check-lock-file.ts";
import { parseAcceptances } from "./acceptance.ts";
import { judgeFindings } from "./judge-findings.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const acceptances = parseAcceptances(await readFile(new URL("../accepted-findings.yaml", import.meta.url), "utf8"));

it("have a reason for every licence and install script of this project that needs one", async () => {
  const results = [await checkLicences(root), await checkLockFile(root)];
  // Whether a reason has expired is for `npm run security` to say: the tests of a release do not age.
  const { unexplained, obsolete } = judgeFindings(results, acceptances, "2026-11-29");
  expect({ unexplained, obsolete }).toEqual({ unexplained: [], obsolete: [] });
});
