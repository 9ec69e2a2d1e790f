import { completePatients, selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import type { GenerativeModel } from "@osteon/generator";
import { describe, expect, it } from "vitest";
import { compareFrequencies } from "../../bench/measures/alteration-frequencies.ts";
import { measureAliveMeaning, measureProfileFidelity } from "../../bench/measures/condition-fidelity.ts";
import { estimateMetastasisHazardRatio, measureBandCoverage } from "../../bench/measures/survival-agreement.ts";
import { formatTable } from "../../bench/measures/text-table.ts";

// The statements about real and simulated cohorts rest on these measures, so each must be able to fail.

function simulate(patients: number, seed: number): Cohort {
  const { cohort } = simulateDemonstrationCohort({ patients, genes: 30, seed });
  return selectPatients(cohort, completePatients(cohort, ["survival", "metastasis", "mutations"]));
}

const real = simulate(100, 1);
const others = simulate(3000, 2);
const ill: Cohort = {
  ...others,
  clinical: { ...others.clinical, survivalTimeDays: others.clinical.survivalTimeDays.map((days) => days / 3) },
};

describe("compareFrequencies", () => {
  it("accepts patients of the same kind and notices a gene altered too often", () => {
    const same = compareFrequencies(real, others);
    expect(same).toHaveLength(real.mutations.genes.length + 2 * real.copyNumber.genes.length);
    expect(same.filter(({ inside }) => !inside).length).toBeLessThan(0.1 * same.length);
    const moved = compareFrequencies(real, {
      ...others,
      mutations: { ...others.mutations, values: others.mutations.values.map(() => 1) },
    });
    expect(moved.filter(({ alteration, inside }) => alteration === "mutated" && inside)).toEqual([]);
    expect(moved[0]).toMatchObject({ synthetic: 1, known: real.patientIds.length });
  });
});

describe("measureBandCoverage", () => {
  it("accepts patients of the same kind and notices shorter survival", () => {
    expect(measureBandCoverage(real, others)[0]).toMatchObject({
      stratum: "all",
      realPatients: real.patientIds.length,
    });
    expect(measureBandCoverage(real, others)[0]!.evenTimes).toBeGreaterThan(0.9);
    expect(measureBandCoverage(real, ill)[0]!.evenTimes).toBeLessThan(0.8);
    expect(measureBandCoverage(real, real).map(({ largestDifference }) => largestDifference)).toEqual([0, 0, 0]);
  });
});

describe("estimateMetastasisHazardRatio", () => {
  it("finds the simulation's", () => {
    const { value, lower, upper } = estimateMetastasisHazardRatio(others);
    expect(lower).toBeLessThan(3.67);
    expect(upper).toBeGreaterThan(3.67);
    expect(value).toBeGreaterThan(lower);
  });
});

/** A model that pays no heed to what it is asked for. */
const deaf: GenerativeModel = {
  family: "factor-copula",
  sample: ({ count }) => selectPatients(others, [...others.patientIds.keys()].slice(0, count)),
  save: () => {
    throw new Error("not needed");
  },
};
/** One that takes being alive at t for dying at t. */
const dying: GenerativeModel = {
  ...deaf,
  sample: ({ conditions, count }) => {
    const metastatic = conditions.survivalTimeDays === undefined ? 0.2 : 0.5;
    const codes = Int8Array.from({ length: count }, (_, i) => (i < metastatic * count ? 1 : 0));
    return { ...others, clinical: { ...others.clinical, metastasis: codes } };
  },
};

describe("the fidelity of profiles", () => {
  it("counts every patient who is not what was asked for", async () => {
    const fidelity = await measureProfileFidelity(deaf, 1);
    expect(fidelity.length).toBeGreaterThan(5);
    expect(fidelity.filter(({ departing }) => departing === 0)).toEqual([]);
  });

  it("tells alive at t from dead at t", async () => {
    const [meaning] = await measureAliveMeaning(dying, others, [800], 1);
    expect(meaning!.askedAlive).toBeCloseTo(0.5, 6);
    expect(meaning!.followedBeyond).toBeLessThan(0.3);
    expect(meaning!.zScore).toBeGreaterThan(4);
  });
});

describe("formatTable", () => {
  it("sets numbers right and words left", () => {
    expect(
      formatTable(
        ["name", "n"],
        [
          ["a", "1"],
          ["long name", "20"],
        ],
      ),
    ).toBe(["name        n", "─────────────", "a           1", "long name  20"].join("\n"));
  });
});
