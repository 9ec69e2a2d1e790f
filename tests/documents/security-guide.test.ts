import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const guide = readFileSync(new URL("docs/security.md", root), "utf8");
const report = readFileSync(new URL("SECURITY.md", root), "utf8");

/** Paths of the project that stand in code font. */
const paths = [...guide.matchAll(/`((?:\.github|apps|docs|packages|tests|tools)\/[^`\s]+)`/g)].map(([, path]) => path!);

it("names code and tests that exist", () => {
  expect(paths.length).toBeGreaterThan(30);
  expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

it("links to pages that exist", () => {
  const links = (text: string, base: URL) =>
    [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link]) => new URL(link!, base));
  const all = [...links(guide, new URL("docs/", root)), ...links(report, root)];
  expect(all.length).toBeGreaterThan(8);
  expect(all.filter((link) => !existsSync(link)).map(String)).toEqual([]);
});

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

it("calls the project's scripts by names that exist", () => {
  const { scripts } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { scripts: object };
  for (const [, script] of guide.matchAll(/npm run ([\w:-]+)/g)) expect(scripts).toHaveProperty(script!);
});
