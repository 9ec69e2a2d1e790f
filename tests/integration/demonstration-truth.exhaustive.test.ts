import { beforeAll, describe, expect, it } from "vitest";
import { measureTruth, stateTruth, type TruthMeasurement } from "../../bench/measures/demonstration-truth.ts";

describe("a model of 2,000 simulated patients", () => {
  let measured: TruthMeasurement;

  beforeAll(() => {
    measured = measureTruth({ patients: 2000, genes: 600, seed: 1 });
  }, 300_000);

  it("is judged by enough that is known", () => {
    expect(measured.trainingPatients).toBeGreaterThan(1750);
    expect(measured.anchors.strongPairs).toBeGreaterThan(10);
    expect(measured.anchorsWithGenes.strongPairs).toBeGreaterThan(50);
    expect(measured.genesSynthetic.strongPairs).toBeGreaterThan(1000);
  });

  it("recovers known correlations, hazard ratios and survival within the stated tolerances", () => {
    expect(stateTruth(measured).filter(({ holds }) => !holds)).toEqual([]);
  });
});
