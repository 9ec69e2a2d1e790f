import { expect, it } from "vitest";
import { attackPattern } from "../regular-expressions/attack-pattern.ts";
import { listPatterns } from "./find-slow-patterns.ts";

it.each([
  ["exponential", /^(?:a+)+$/],
  ["exponential behind a beginning", /^id-(?:\w+\s?)+$/],
  ["quadratic", /[\s;]+$/],
])("finds a pattern that is %s", (_, { source, flags }) => {
  expect(attackPattern({ source, flags })).toContain("again and again");
});

it.each([/^(?:\d+(?:\.\d*)?|\.\d+)(?:e\d+)?$/, /(?<![\s;])[\s;]+$/].map(String))("finds nothing in %s", (text) => {
  const [, source, flags] = /^\/(.*)\/(\w*)$/.exec(text)!;
  expect(attackPattern({ source: source!, flags: flags! })).toBeUndefined();
});

it("lists the patterns of a file of TypeScript, with their lines", () => {
  expect(
    listPatterns("a.ts", "const a: string = '/no/';\nexport const b = a.replace(/x+$/gu, '') as string;\n"),
  ).toEqual([{ source: "x+$", flags: "gu", line: 2 }]);
});
