import { RandomStream, streamId } from "@osteon/numerics";
import { estimateKaplanMeier } from "@osteon/survival";
import { describe, expect, it } from "vitest";
import { buildCohort, compare } from "../testing/build-cohort.ts";
import { metastasisRecovery, survivalRecovery } from "./condition-recovery.ts";
import { hazardRatioDistances } from "./hazard-ratio-distance.ts";
import { integrateSurvival } from "./integrate-survival.ts";
import { kaplanMeierAreasByStratum } from "./kaplan-meier-area.ts";
import { knownPrognosticEffect } from "./known-prognostic-effect.ts";
import { logRankDistance } from "./log-rank-distance.ts";
import type { Metric } from "./metric.ts";
import { riskMonotonicity } from "./risk-monotonicity.ts";
import { survivalUtility } from "./survival-utility.ts";

const [metastatic, localised] = kaplanMeierAreasByStratum as readonly [Metric, Metric];
const [metastasisHazard, ageHazard] = hazardRatioDistances as readonly [Metric, Metric];

const genes = ["VIM", "FN1", "CDH2", "SNAI1", "ZEB1"];
const sets = [{ name: "mesenchymal", description: "", genes }];

/** Metastasis follows one programme with the given slope, and hazard follows metastasis with the given log ratio. */
function buildCourse(count: number, seed: number, slope: number, logHazardRatio: number) {
  const random = new RandomStream(seed, streamId("course test"));
  const programme = Array.from({ length: count }, () => random.nextNormal());
  const metastasis = programme.map((value) => Number(slope * value + random.nextNormal() > 0.3));
  const ageYears = programme.map(() => 15 + 4 * random.nextNormal());
  const death = metastasis.map((m) => -Math.log(random.nextUniform()) * 2000 * Math.exp(-logHazardRatio * m));
  const end = metastasis.map(() => 1000 + 2000 * random.nextUniform());
  const expression = {
    ...Object.fromEntries(genes.map((gene) => [gene, programme.map((value) => value + 0.3 * random.nextNormal())])),
    ...Object.fromEntries(["G1", "G2", "G3"].map((gene) => [gene, programme.map(() => random.nextNormal())])),
  };
  return buildCohort({
    count,
    metastasis,
    ageYears,
    expression,
    survival: {
      days: death.map((day, i) => Math.ceil(Math.min(day, end[i]!))),
      event: death.map((day, i) => Number(day <= end[i]!)),
    },
  });
}

describe("Kaplan–Meier areas by metastasis", () => {
  it("compare each stratum with its own", () => {
    const build = (days: number[]) =>
      buildCohort({ count: 4, metastasis: [1, 1, 0, 0], survival: { days, event: [1, 0, 0, 0] } });
    // Metastatic: ½ over half of the time against 1 throughout.
    const real = build([10, 20, 20, 20]);
    const other = build([20, 20, 20, 20]);
    expect(metastatic.compute(compare(real, other)).value).toBeCloseTo(0.25, 12);
    expect(localised.compute(compare(real, other)).value).toBe(0);
  });
  it("say which stratum is empty", () => {
    const none = buildCohort({ count: 2, metastasis: [0, 0], survival: { days: [1, 2], event: [1, 0] } });
    expect(metastatic.compute(compare(none, none))).toEqual({
      value: null,
      reason: "a side has no metastatic patient with known survival",
    });
    expect(localised.compute(compare(none, none)).value).toBe(0);
  });
});

describe("log_rank_chi_square", () => {
  it("is Mantel's by hand", () => {
    const real = buildCohort({ count: 2, survival: { days: [10, 30], event: [1, 1] } });
    const other = buildCohort({ count: 2, survival: { days: [20, 40], event: [1, 1] } });
    // Real: 2 observed; expected ½ + ⅓ + ½ + 0 = 4/3; variance ¼ + 2/9 + ¼ = 13/18.
    expect(logRankDistance.compute(compare(real, other)).value).toBeCloseTo((2 / 3) ** 2 / (13 / 18), 10);
    expect(logRankDistance.compute(compare(real, real)).value).toBeCloseTo(0, 12);
  });
});

describe("hazard ratio distances", () => {
  it("are 0 against itself and grow with the difference", () => {
    const real = buildCourse(200, 1, 1, 1.5);
    const alike = metastasisHazard.compute(compare(real, buildCourse(200, 2, 1, 1.5))).value!;
    const opposite = metastasisHazard.compute(compare(real, buildCourse(200, 3, 1, -1.5))).value!;
    expect(metastasisHazard.compute(compare(real, real)).value).toBe(0);
    expect(ageHazard.compute(compare(real, real)).value).toBe(0);
    expect(alike).toBeLessThan(3);
    expect(opposite).toBeGreaterThan(6);
  });
  it("say why there is no ratio", () => {
    const real = buildCourse(60, 1, 1, 1);
    const reasonOf = (changed: Partial<typeof real.clinical>) => {
      const result = metastasisHazard.compute(compare(real, { ...real, clinical: { ...real.clinical, ...changed } }));
      return result.value === null ? result.reason : result.value;
    };
    expect(reasonOf({ event: new Int8Array(60) })).toMatch(/nobody died/);
    expect(reasonOf({ metastasis: new Int8Array(60) })).toMatch(/same metastasis or age/);
    expect(reasonOf({ metastasis: new Int8Array(60).fill(-1) })).toMatch(/known survival, metastasis and age/);
    // Who has metastasis dies first, one by one; nobody else dies.
    const separated = Int8Array.from({ length: 60 }, (_, i) => Number(i < 20));
    const days = Float64Array.from({ length: 60 }, (_, i) => i + 1);
    expect(reasonOf({ metastasis: separated, event: separated, survivalTimeDays: days })).toMatch(/separates/);
  });
});

describe("survival_utility", () => {
  it("is high for a file that knows the hazard, and under ½ for one that has it backwards", () => {
    const real = buildCourse(200, 1, 1, 2);
    const learned = survivalUtility.compute(compare(real, buildCourse(200, 2, 1, 2), sets)).value!;
    const backwards = survivalUtility.compute(compare(real, buildCourse(200, 3, 1, -2), sets)).value!;
    expect(learned).toBeGreaterThan(0.65);
    expect(backwards).toBeLessThan(0.4);
  });
});

describe("condition recovery", () => {
  const real = buildCourse(120, 1, 2, 2);
  it("is high where the tumour tells metastasis, and about ½ where it tells nothing", () => {
    const fit = compare(real, buildCourse(120, 2, 2, 2), sets);
    const unrelated = compare(real, buildCourse(120, 3, 0, 2), sets);
    expect(metastasisRecovery.compute(fit).value).toBeGreaterThan(0.75);
    expect(metastasisRecovery.compute(unrelated).value).toBeLessThan(0.65);
    expect(survivalRecovery.compute(fit).value).toBeGreaterThan(survivalRecovery.compute(unrelated).value!);
  });
  it("has the known sign in known signatures", () => {
    expect(knownPrognosticEffect.compute(compare(real, real)).value).toBeGreaterThan(0.3);
    expect(knownPrognosticEffect.compute(compare(real, buildCourse(120, 4, -2, 2))).value).toBeLessThan(0);
  });
});

describe("condition_risk_monotonicity", () => {
  it("is positive where each third lives longer than the next, negative where the order is reversed", () => {
    // All that varies is age, and death comes in its order.
    const build = (sign: number) =>
      buildCohort({
        count: 30,
        ageYears: Array.from({ length: 30 }, (_, i) => 10 + i),
        survival: {
          days: Array.from({ length: 30 }, (_, i) => 100 + (sign > 0 ? 29 - i : i) * 10),
          event: Array.from({ length: 30 }, () => 1),
        },
      });
    // Oldest third dies at 100 … 190, so the horizon is 190, and the other two live through all of it.
    expect(riskMonotonicity.compute(compare(build(1), build(1))).value).toBeCloseTo(0, 12);
    expect(riskMonotonicity.compute(compare(build(1), build(-1))).value).toBeCloseTo(145 / 190 - 1, 12);
  });
});

describe("integrateSurvival", () => {
  it("is the area up to the horizon", () => {
    const curve = estimateKaplanMeier(Float64Array.of(10, 20), Int8Array.of(1, 0));
    expect(integrateSurvival(curve, 20)).toBe(15);
    expect(integrateSurvival(curve, 5)).toBe(5);
  });
});

describe("where nothing can be said", () => {
  const real = buildCourse(40, 1, 1, 1);
  const censored = { ...real, clinical: { ...real.clinical, event: new Int8Array(40) } };
  const oneStratum = { ...real, clinical: { ...real.clinical, metastasis: new Int8Array(40) } };
  const constant = {
    ...real,
    expression: { ...real.expression, values: real.expression.values.map(() => 1) },
  };
  const tiny = buildCourse(2, 5, 1, 1);
  const reasonOf = (metric: Metric, reference: typeof real, candidate: typeof real) => {
    const result = metric.compute(compare(reference, candidate, sets));
    return result.value === null ? result.reason : `value ${result.value}`;
  };
  it("is said: no deaths", () => {
    expect(reasonOf(survivalUtility, real, censored)).toMatch(/nobody dies/);
    expect(reasonOf(survivalUtility, censored, real)).toMatch(/no death/);
    expect(reasonOf(survivalRecovery, censored, real)).toMatch(/none of the real patients died/);
    expect(reasonOf(survivalRecovery, real, censored)).toMatch(/no death/);
    expect(reasonOf(riskMonotonicity, censored, real)).toMatch(/none of the real patients died/);
    expect(reasonOf(logRankDistance, censored, censored)).toMatch(/nobody died/);
  });
  it("is said: one stratum empty", () => {
    expect(reasonOf(metastasisRecovery, oneStratum, real)).toMatch(/not both with and without metastasis/);
    expect(reasonOf(metastasisRecovery, real, oneStratum)).toMatch(/candidate's patients are not both/);
    expect(reasonOf(metastatic, real, oneStratum)).toMatch(/no metastatic patient/);
  });
  it("is said: genes that stand still", () => {
    expect(reasonOf(metastasisRecovery, constant, real)).toMatch(/no pathway varies/);
    expect(reasonOf(survivalRecovery, constant, real)).toMatch(/no pathway varies/);
    expect(reasonOf(metastasisRecovery, real, constant)).toBe("value 0.5");
    expect(reasonOf(knownPrognosticEffect, real, constant)).toBe("value 0");
  });
  it("is said: two patients", () => {
    expect(reasonOf(riskMonotonicity, real, tiny)).toMatch(/fewer than 9/);
    for (const metric of [...hazardRatioDistances, survivalUtility, metastasisRecovery, survivalRecovery]) {
      const result = metric.compute(compare(tiny, tiny, sets));
      if (result.value === null) expect(result.reason.length, metric.name).toBeGreaterThan(5);
      else expect(Number.isFinite(result.value), metric.name).toBe(true);
    }
  });
});
