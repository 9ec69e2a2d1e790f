import { normalCdf } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { codeOfLatent, fitThresholds, latentInterval } from "./thresholds.ts";

describe("fitThresholds", () => {
  it("puts the cuts at the shrunk cumulative shares", () => {
    const cuts = fitThresholds([30, 10], [0.5, 0.5], 4);
    expect(cuts).toHaveLength(1);
    // (30 + 4 × 0.5) / (40 + 4).
    expect(normalCdf(cuts[0]!)).toBeCloseTo(32 / 44, 12);
    const ordinal = fitThresholds([1, 2, 3, 4], [0.25, 0.25, 0.25, 0.25], 0);
    expect(ordinal.map(normalCdf)).toEqual([0.1, 0.3, 0.6].map((share) => expect.closeTo(share, 12)));
  });

  it("leaves no code without probability, nor without data", () => {
    for (const counts of [
      [50, 0],
      [0, 50],
      [0, 0],
    ]) {
      const [cut] = fitThresholds(counts, [0.98, 0.02], 0.5);
      expect(Number.isFinite(cut)).toBe(true);
    }
    const cuts = fitThresholds([0, 0, 90, 0, 0], [0.02, 0.16, 0.6, 0.18, 0.04], 0.5);
    for (let k = 1; k < cuts.length; k++) expect(cuts[k]!).toBeGreaterThan(cuts[k - 1]!);
  });
});

describe("codeOfLatent and latentInterval", () => {
  it("agree on what belongs to a code, its upper end included", () => {
    const cuts = [-1, 0.5, 2];
    for (let code = 0; code <= 3; code++) {
      const [lower, upper] = latentInterval(cuts, code);
      expect(codeOfLatent(cuts, Math.min(upper, 9))).toBe(code);
      expect(codeOfLatent(cuts, Math.max(lower, -9) + 1e-9)).toBe(code);
    }
    expect(latentInterval(cuts, 0)[0]).toBe(-Infinity);
    expect(latentInterval(cuts, 3)[1]).toBe(Infinity);
  });
});
