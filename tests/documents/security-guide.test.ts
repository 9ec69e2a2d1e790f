import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const guide = readFileSync(new URL("docs/security.md", root), "utf8");

it("has code and a test that can fail for every control, and no control that is not described", () => {
  const rows = guide.split("\n").filter((line) => /^\| (?:C\d+| +) +\|.*\|$/.test(line) && /`[^`]+`.*`/.test(line));
  for (const row of rows) expect(row, row).toMatch(/\| `[^`]+` +\| `[^`]+\.test\.ts` +\|$/);
  const described = new Set(guide.match(/^\| C\d+/gm)!.map((cell) => cell.slice(2)));
  const named = new Set([...guide.matchAll(/\((C\d+(?:, C\d+)*)[^)]*\)/g)].flatMap(([, list]) => list!.split(", ")));
  expect([...named].filter((control) => !described.has(control))).toEqual([]);
});

it("maps every standard of 45 CFR 164.312", () => {
  const part = guide.split("## HIPAA")[1]!.split("\n## ")[0]!;
  for (const standard of ["(a)(1)", "(b)", "(c)(1)", "(d)", "(e)(1)"]) expect(part).toContain(`| ${standard} `);
  const specifications = [
    "(2)(i) unique",
    "(2)(ii) emergency",
    "(2)(iii) automatic",
    "(2)(iv) encryption",
    "(2) mechanism",
    "(2)(i) integrity",
    "(2)(ii) encryption",
  ];
  for (const specification of specifications) expect(part).toContain(specification);
});
