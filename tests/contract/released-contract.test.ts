import { readFile } from "node:fs/promises";
import { apiVersion } from "@osteon/service";
import { beforeAll, describe, expect, it } from "vitest";
import type { ApiDocument } from "../../packages/service/src/openapi-document.ts";
import { compareContracts } from "../../tools/contract/compare-contracts.ts";
import { formatContract, readCurrentContract, releasedContract } from "../../tools/contract/current-contract.ts";

let released: string;
let current: ApiDocument;

beforeAll(async () => {
  released = await readFile(releasedContract, "utf8");
  current = await readCurrentContract();
});

describe("the HTTP interface", () => {
  it("breaks no client of the released contract", () => {
    const breaks = compareContracts(JSON.parse(released) as ApiDocument, current);
    const told = breaks.map(({ at, what }) => `${at}: ${what}`);
    expect(told, "a breaking change: take it back, or raise the first number of apiVersion").toEqual([]);
  });

  it("is the released contract, so that every change of it is seen in a review", () => {
    const lines = formatContract(current).split("\n");
    const firstChange = released.split("\n").findIndex((line, at) => line !== lines[at]);
    expect(
      { at: firstChange, now: lines[firstChange] },
      "the interface changed compatibly: run `npm run build:contract` and commit what it writes",
    ).toEqual({ at: -1, now: undefined });
  });

  it("would be found broken, were /generate to take fewer patients or to leave out their expression", () => {
    const narrowed = JSON.parse(released.replaceAll(/"maximum": 1000\b/g, '"maximum": 100')) as ApiDocument;
    expect(compareContracts(current, narrowed)).toEqual([
      { at: "POST /generate, body → count", what: "maximum went from 1000 to 100" },
    ]);
    const without = JSON.parse(released.replaceAll(/"expression",(?=\s*"pathways"\s*\])/g, "")) as ApiDocument;
    expect(compareContracts(current, without).map(({ at }) => at)).toContain(
      "POST /generate, answer 200 → patients[] → expression",
    );
  });

  it("has a version of its own", () => {
    expect(current.info.version).toBe(apiVersion);
  });
});
