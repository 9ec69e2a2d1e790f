import { describe, expect, it } from "vitest";
import { copyNumberBaseline, copyNumberLevel } from "./copy-number-level.ts";

describe("the baseline of a sample", () => {
  it.each([
    ["the commonest number of copies", [2, 2, 3, 3, 3, 1], 3],
    ["the larger of two as common", [2, 2, 4, 4, 7], 4],
    ["one number alone", [2], 2],
    ["not told by no gene", [], undefined],
    ["not told where most genes are gone", [0, 0, 2], undefined],
  ])("is %s", (_, copies, expected) => {
    expect(copyNumberBaseline(copies)).toBe(expected);
  });
});

describe("the level of a gene", () => {
  it.each([
    [1, [-2, 0, 2, 2, 2]],
    [2, [-2, -1, 0, 1, 2]],
    [3, [-2, -1, -1, 0, 1, 1, 2]],
    [4, [-2, -1, -1, -1, 0, 1, 1, 1, 2, 2]],
  ])("against a baseline of %d, of 0 copies and more", (baseline, levels) => {
    expect(levels.map((_, copies) => copyNumberLevel(copies, baseline))).toEqual(levels);
  });
});
