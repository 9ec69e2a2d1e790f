import { COPY_NUMBER_UNKNOWN, UNKNOWN } from "@osteon/cohort";
import { normalCdf } from "@osteon/numerics";
import { cumulativeHazard } from "@osteon/survival";
import { describe, expect, it } from "vitest";
import { plantCohort } from "../testing/planted-cohort.ts";
import { anchorCount, latentBoundsOf } from "./latent-bounds.ts";
import { fitMarginals } from "./marginals.ts";
import { latentOfTime, timeOfLatent } from "./survival-latent.ts";

const cohort = plantCohort({ patients: 120, missing: 0.2 });
const { clinical, mutations, copyNumber } = cohort;
clinical.event[3] = UNKNOWN;
clinical.survivalTimeDays[3] = NaN;
clinical.survivalTimeDays[4] = 0;
clinical.event[4] = 1;
clinical.survivalTimeDays[5] = 0;
clinical.event[5] = 0;
const marginals = fitMarginals(cohort);

describe("latentBoundsOf", () => {
  const { lower, upper, anchors } = latentBoundsOf(cohort, marginals);
  const at = (patient: number, anchor: number) =>
    [lower[patient * anchors + anchor]!, upper[patient * anchors + anchor]!] as const;

  it("has the clinical variables, then mutations, then copy number", () => {
    expect(marginals.clinical).toEqual(["survival", "age", "metastasis", "male", "necrosis"]);
    expect(anchors).toBe(5 + 2 + 2);
    expect(anchorCount(marginals)).toBe(anchors);
  });

  it("takes a death as a point, a censored time as all that comes after, an unknown one as anything", () => {
    for (let i = 6; i < 120; i++) {
      const z = latentOfTime(marginals.deathHazard, clinical.survivalTimeDays[i]!);
      expect(at(i, 0)).toEqual(clinical.event[i] === 1 ? [z, z] : [z, Infinity]);
    }
    expect(at(3, 0)).toEqual([-Infinity, Infinity]);
  });

  it("takes a death on day 0 as within the first day, and a patient last seen then as unknown", () => {
    const z = latentOfTime(marginals.deathHazard, 0.5);
    expect(at(4, 0)).toEqual([z, z]);
    expect(Number.isFinite(z)).toBe(true);
    expect(at(5, 0)).toEqual([-Infinity, Infinity]);
  });

  it("takes codes as intervals and unknown ones as anything, never as 0", () => {
    const seen = new Set<string>();
    for (let i = 0; i < 120; i++) {
      const [cut] = marginals.metastasisCuts as [number];
      const byCode = { [UNKNOWN]: [-Infinity, Infinity], 0: [-Infinity, cut], 1: [cut, Infinity] };
      expect(at(i, 2)).toEqual(byCode[clinical.metastasis[i] as 0]);
      const mutated = mutations.values[i * 2]!;
      const [mutationCut] = marginals.mutationCuts[0] as [number];
      const byMutation = { [UNKNOWN]: [-Infinity, Infinity], 0: [-Infinity, mutationCut], 1: [mutationCut, Infinity] };
      expect(at(i, 5)).toEqual(byMutation[mutated as 0]);
      const level = copyNumber.values[i * 2]!;
      const cuts = [-Infinity, ...marginals.copyNumberCuts[0]!, Infinity];
      expect(at(i, 7)).toEqual(
        level === COPY_NUMBER_UNKNOWN ? [-Infinity, Infinity] : [cuts[level + 2], cuts[level + 3]],
      );
      seen
        .add(`${clinical.metastasis[i]}`)
        .add(`mutation ${mutated}`)
        .add(`level ${level === COPY_NUMBER_UNKNOWN}`);
    }
    expect(seen).toEqual(
      new Set(["-1", "0", "1", "mutation -1", "mutation 0", "mutation 1", "level true", "level false"]),
    );
  });
});

describe("the latent of survival", () => {
  it("is normal with the marginal's probability of death", () => {
    const hazard = marginals.deathHazard;
    for (const days of [1, 30, 400, 2000, 9000]) {
      expect(normalCdf(latentOfTime(hazard, days))).toBeCloseTo(1 - Math.exp(-cumulativeHazard(hazard, days)), 12);
      expect(timeOfLatent(hazard, latentOfTime(hazard, days)) / days).toBeCloseTo(1, 9);
    }
    expect(latentOfTime(hazard, 0)).toBe(-Infinity);
  });

  it("stays finite for a time that nobody reaches", () => {
    const deadly = { knotsDays: Float64Array.of(0), hazards: Float64Array.of(1) };
    expect(Number.isFinite(latentOfTime(deadly, 36_525))).toBe(true);
    expect(Number.isFinite(timeOfLatent(deadly, 50))).toBe(true);
    expect(timeOfLatent(deadly, -50)).toBe(0);
  });
});
