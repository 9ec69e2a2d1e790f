import { describe, expect, it } from "vitest";
import { averageOverSplits, estimateOverSplits, halfInterval } from "./split-mean.ts";

const design = { splits: 4, trainPatients: 70, holdOutPatients: 30 };

describe("averageOverSplits", () => {
  it("has Nadeau and Bengio's variance, (1/R + n₂/n₁) s²", () => {
    const { mean, standardError, degreesOfFreedom } = averageOverSplits([1, 2, 3, 4], design);
    expect([mean, degreesOfFreedom]).toEqual([2.5, 3]);
    expect(standardError).toBeCloseTo(Math.sqrt((1 / 4 + 30 / 70) * (5 / 3)), 12);
  });
  it("has an interval of Student's t", () => {
    expect(halfInterval({ mean: 0, standardError: 2, degreesOfFreedom: 19 })).toBeCloseTo(2 * 2.0930240544, 8);
  });
});

describe("estimateOverSplits", () => {
  const none = { value: null, reason: "no reason" } as const;
  it("is a mean where half the splits have a value, else a reason", () => {
    expect(estimateOverSplits([{ value: 1 }, { value: 3 }, none, none], design).value).toBe(2);
    expect(estimateOverSplits([{ value: 1 }, none, none, none], design)).toEqual({
      value: null,
      standardError: null,
      reason: "no reason",
    });
    expect(estimateOverSplits([], design).reason).toMatch(/fewer than two/);
  });
});
