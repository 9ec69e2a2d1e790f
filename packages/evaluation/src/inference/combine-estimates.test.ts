import { readFileSync } from "node:fs";
import { OsteonError } from "@osteon/errors";
import { RandomStream, streamId } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { combineEstimates, type CombinedEstimate, type CombiningRule } from "./combine-estimates.ts";

const estimates = [1.21, 1.34, 1.18, 1.42, 1.27];
const variances = [0.0021, 0.0024, 0.002, 0.0026, 0.0022];
const shared: CombiningRule = { kind: "shared-model", syntheticPatients: 10_000, effectivePatients: 61 };
const drawn: CombiningRule = { kind: "posterior-draws", syntheticPatients: 100, trainingPatients: 85 };
const golden = JSON.parse(
  readFileSync(new URL("../../golden/combine-estimates-golden.json", import.meta.url), "utf8"),
) as Record<"sharedModel" | "posteriorDraws" | "negative", CombinedEstimate>;

describe("combining replicates", () => {
  it.each([
    ["of one shared model", { estimates, variances, rule: shared }, golden.sharedModel],
    ["of redrawn parameters", { estimates, variances, rule: drawn }, golden.posteriorDraws],
    ["whose T is negative", { estimates, variances: variances.map((v) => v * 10), rule: drawn }, golden.negative],
  ])("%s gives what R computes from the published formula", (_, given, expected) => {
    const combined = combineEstimates(given);
    for (const key of ["estimate", "variance", "degreesOfFreedom", "lower", "upper"] as const) {
      expect(Math.abs(combined[key] / expected[key] - 1)).toBeLessThan(1e-9);
    }
  });

  it("of one shared model tells no more of the population, however many patients are drawn", () => {
    const perPatient = 2.5;
    const varianceOf = (patients: number, m: number) =>
      combineEstimates({
        estimates: Array.from({ length: m }, () => 0),
        variances: Array.from({ length: m }, () => perPatient / patients),
        rule: { kind: "shared-model", syntheticPatients: patients, effectivePatients: 61 },
      }).variance;
    expect(varianceOf(1e9, 100)).toBeCloseTo(perPatient / 61, 8);
    expect(varianceOf(500, 4)).toBeCloseTo(varianceOf(2000, 1), 12);
    expect(varianceOf(100, 1)).toBeGreaterThan(perPatient / 61 + perPatient / 101);
  });

  it.each([
    ["no estimate", { estimates: [], variances: [], rule: shared }],
    ["one estimate of redrawn parameters", { estimates: [1], variances: [1], rule: drawn }],
    ["a missing variance", { estimates, variances: variances.slice(1), rule: shared }],
    ["a variance of 0", { estimates, variances: variances.map(() => 0), rule: shared }],
    ["NaN", { estimates: [Number.NaN], variances: [1], rule: shared }],
    ["one effective patient", { estimates, variances, rule: { ...shared, effectivePatients: 1 } }],
    ["half a synthetic patient", { estimates, variances, rule: { ...shared, syntheticPatients: 0.5 } }],
    ["a coverage of 1", { estimates, variances, rule: shared, coverage: 1 }],
  ])("refuses %s", (_, given) => {
    expect(() => combineEstimates(given)).toThrow(OsteonError);
  });
});

describe("means of normal data by each way of making replicates", () => {
  const [trainingPatients, syntheticPatients, m] = [40, 40, 10];
  const repeats = 1500;
  /** Share of the intervals that hold the truth, 0, where each replicate's mean is drawn by `drawCentre`. */
  const coverageOf = (rule: CombiningRule, drawCentre: (fitted: number, random: RandomStream) => number) => {
    let held = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const random = new RandomStream(1, streamId("combine-estimates.test"), repeat);
      const fitted = random.nextNormal() / Math.sqrt(trainingPatients);
      const replicates = Array.from(
        { length: m },
        () => drawCentre(fitted, random) + random.nextNormal() / Math.sqrt(syntheticPatients),
      );
      const { lower, upper } = combineEstimates({
        estimates: replicates,
        variances: replicates.map(() => 1 / syntheticPatients),
        rule,
      });
      if (lower < 0 && upper > 0) held++;
    }
    return held / repeats;
  };
  const sharedModel: CombiningRule = { kind: "shared-model", syntheticPatients, effectivePatients: trainingPatients };
  const posteriorDraws: CombiningRule = { kind: "posterior-draws", syntheticPatients, trainingPatients };
  const redraw = (fitted: number, random: RandomStream) => fitted + random.nextNormal() / Math.sqrt(trainingPatients);

  it("each rule covers at 95 % what it was made for", () => {
    const error = Math.sqrt((0.95 * 0.05) / repeats);
    expect(Math.abs(coverageOf(sharedModel, (fitted) => fitted) - 0.95)).toBeLessThan(4 * error);
    expect(coverageOf(posteriorDraws, redraw)).toBeGreaterThan(0.93);
  });
});
