import { normalQuantile } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { createDistributionVariable } from "../variables/distribution-variable.ts";
import { detectableHazardRatio, detectableMeanShift, detectableShareShift } from "./detectable-shift.ts";
import { judgeGroups } from "./judge-groups.ts";
import { drawLabels, relabelVariable } from "./relabel.ts";

describe("labels", () => {
  it.each([
    [10, 3],
    [10, 7],
    [10, 5],
  ])("of %i patients, %i of them current", (patients, current) => {
    const labels = drawLabels(patients, current, 200, 1);
    for (const drawn of labels) expect(drawn.reduce((sum, label) => sum + label, 0)).toBe(current);
    const first = labels.reduce((sum, drawn) => sum + drawn[0]!, 0);
    expect(first / 200).toBeCloseTo(current / patients, 0);
    expect(drawLabels(patients, current, 3, 1)).toEqual(labels.slice(0, 3));
  });
});

describe("relabelling", () => {
  const relabelled = drawLabels(12, 6, 999, 1);
  const split = Uint8Array.from({ length: 12 }, (_, i) => (i < 6 ? 0 : 1));

  it("gives a full separation about the smallest p-value that there is", () => {
    const variable = createDistributionVariable(
      "x",
      "clinical",
      Float64Array.from({ length: 12 }, (_, i) => i),
    )!;
    const { combined, pValues } = relabelVariable(variable, split, relabelled);
    // Of 924 splits of 12 patients, two separate the halves. PSI's bins hold one patient each and see nothing.
    for (const p of [combined, pValues[1], pValues[2]]) expect(p).toBeLessThan(0.008);
    expect(combined).toBeGreaterThanOrEqual(0.001);
  });

  it("is no smaller than the smallest p-value of its statistics, and no larger than all of them together", () => {
    const variable = createDistributionVariable(
      "x",
      "clinical",
      Float64Array.of(1, 5, 2, 8, 3, 4, 9, 7, 6, 12, 10, 11),
    )!;
    const { combined, pValues } = relabelVariable(variable, split, relabelled);
    expect(combined).toBeGreaterThanOrEqual(Math.min(...pValues));
    expect(combined).toBeLessThanOrEqual(pValues.reduce((sum, p) => sum + p, 0));
  });
});

describe("judgeGroups", () => {
  it("is Simes' test of each group, Benjamini and Hochberg over groups, and the found groups' share within", () => {
    const [first, second] = judgeGroups(
      [
        [0.01, 0.04, 0.5],
        [0.3, 0.9],
      ],
      0.07,
    );
    expect(first!.pValue).toBeCloseTo(0.03, 12);
    expect(first!.qValue).toBeCloseTo(0.06, 12);
    expect(first!.isFound).toBe(true);
    // One of two groups found: twice the adjusted p-values 0.03, 0.06, 0.5.
    [0.06, 0.12, 1].forEach((q, k) => expect(first!.variableQValues[k]).toBeCloseTo(q, 12));
    expect(second!.isFound).toBe(false);
    expect(second!.pValue).toBeCloseTo(0.6, 12);
  });

  it("has nothing to say of no groups", () => expect(judgeGroups([], 0.05)).toEqual([]));
});

describe("what could be found", () => {
  it("is the shift of a mean by the normal formula, a little more for the statistics", () => {
    const formula = (normalQuantile(0.8) - normalQuantile(0.025)) * Math.sqrt(2 / 50);
    const { shift } = detectableMeanShift(50, 50, 0.05);
    expect(shift / formula).toBeGreaterThan(1);
    expect(shift / formula).toBeLessThan(1.15);
    expect(detectableMeanShift(10, 10, 0.05).isFine).toBe(false);
    expect(detectableMeanShift(500, 500, 0.05).isFine).toBe(true);
  });

  it("is a share that there can be, or none", () => {
    const up = detectableShareShift(0, 100, 100, 0.05)!;
    expect(up.shift).toBeGreaterThan(0.03);
    expect(up.shift).toBeLessThan(0.1);
    expect(detectableShareShift(0.5, 2, 2, 0.001)).toBeNull();
  });

  it("is a hazard ratio by Schoenfeld's formula", () => {
    // 4 (1.96 + 0.84)² / ln(2)² = 65.3 deaths find a ratio of 2 in equal groups.
    expect(detectableHazardRatio(65.3, 100, 100, 0.05)!.shift).toBeCloseTo(2, 2);
    expect(detectableHazardRatio(0, 100, 100, 0.05)).toBeNull();
  });
});
