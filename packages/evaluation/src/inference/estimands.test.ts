import { simulateDemonstrationCohort } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { buildCohort } from "../testing/build-cohort.ts";
import { meanExpression, mutationEffect, mutationFrequency } from "./gene-estimands.ts";
import { listStandardEstimands } from "./standard-estimands.ts";
import { metastasisHazard, survivalAt } from "./survival-estimands.ts";

const cohort = buildCohort({
  count: 6,
  mutations: { TP53: [1, 1, 0, 0, 0, -1] },
  expression: { MYC: [5, 7, 1, 2, 3, Number.NaN], SAME: [1, 1, 1, 1, 1, 1] },
  survival: { days: [100, 200, 300, 400, 500, 600], event: [1, 0, 1, 0, 1, 0] },
  metastasis: [1, 1, 0, 1, 0, 0],
});

describe("estimands, by hand", () => {
  it("frequency: 2 of 5 sequenced, p(1 − p)/n", () => {
    const { estimate, variance } = mutationFrequency("TP53").estimate(cohort)!;
    expect([estimate, variance]).toEqual([0.4, (0.4 * 0.6) / 5]);
  });

  it("mean of the five known values: 3.6, s²/n = 5.8/5", () => {
    const { estimate, variance } = meanExpression("MYC").estimate(cohort)!;
    expect(estimate).toBeCloseTo(3.6, 12);
    expect(variance).toBeCloseTo(1.16, 12);
  });

  it("effect: 6 − 2, 2/2 + 1/3", () => {
    const { estimate, variance } = mutationEffect("TP53", "MYC").estimate(cohort)!;
    expect(estimate).toBeCloseTo(4, 12);
    expect(variance).toBeCloseTo(4 / 3, 12);
  });

  it("survival at day 350: 5/6 · 3/4, Greenwood 1/30 + 1/12", () => {
    const { estimate, variance } = survivalAt(350).estimate(cohort)!;
    expect(estimate).toBeCloseTo(0.625, 12);
    expect(variance).toBeCloseTo(0.625 ** 2 * (1 / 30 + 1 / 12), 12);
  });

  it("say nothing where nothing can be said", () => {
    expect(survivalAt(50).estimate(cohort)).toBeNull();
    expect(survivalAt(600).estimate(cohort)).toBeNull();
    expect(meanExpression("SAME").estimate(cohort)).toBeNull();
    expect(meanExpression("NONE").estimate(cohort)).toBeNull();
    expect(mutationFrequency("NONE").estimate(cohort)).toBeNull();
    expect(mutationEffect("NONE", "MYC").estimate(cohort)).toBeNull();
    const nobody = buildCohort({ count: 3, survival: { days: [1, 2, 3], event: [0, 0, 0] }, metastasis: [0, 1, 0] });
    expect(metastasisHazard.estimate(nobody)).toBeNull();
    expect(metastasisHazard.estimate(buildCohort({ count: 3 }))).toBeNull();
    expect(survivalAt(2).estimate(nobody)).toBeNull();
  });

  it("find the hazard ratio of the simulation", () => {
    const { cohort: simulated, truth } = simulateDemonstrationCohort({ patients: 3000, genes: 0, complete: true });
    const { estimate, variance } = metastasisHazard.estimate(simulated)!;
    expect(Math.abs(estimate - Math.log(truth.marginalHazardRatios.metastasis))).toBeLessThan(3 * Math.sqrt(variance));
  });

  it("are listed for what a cohort has", () => {
    const { cohort: simulated } = simulateDemonstrationCohort({ patients: 90, genes: 8 });
    const groups = listStandardEstimands(simulated).map(({ group }) => group);
    const count = (name: string) => groups.filter((group) => group === name).length;
    expect(["hazard", "survival", "frequency", "mean", "effect"].map(count)).toEqual([1, 2, 5, 8, 16]);
  });
});
