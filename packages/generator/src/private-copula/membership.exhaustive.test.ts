import { selectPatients, type Cohort } from "@osteon/cohort";
import { rocArea } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { fitFactorCopula } from "../factor-copula/fit.ts";
import type { FactorCopulaModel } from "../factor-copula/model.ts";
import { plantCohort } from "../testing/planted-cohort.ts";
import { seededBytes } from "../testing/seeded-bytes.ts";
import { fitWithNoise } from "./fit-with-noise.ts";
import { planPrivacy, type PrivacyPlan } from "./privacy-plan.ts";

const genes = 40;
const members = 24;
const repeats = 12;

/** Mean of x xᵀ of standard-normal expression, genes × genes. */
function secondMoment({ expression, patientIds }: Cohort): Float64Array {
  const moment = new Float64Array(genes * genes);
  for (let i = 0; i < patientIds.length; i++) {
    const x = expression.values.subarray(i * genes, (i + 1) * genes);
    moment.forEach((_, k) => (moment[k]! += (x[Math.floor(k / genes)]! * x[k % genes]!) / patientIds.length));
  }
  return moment;
}

/**
 * The tracing attack of Dwork, Smith, Steinke, Ullman & Vadhan 2015 on the second moment, from generated
 * patients alone: does a patient lie in the directions in which the file departs from the population?
 */
function attack(model: FactorCopulaModel, population: Float64Array, candidates: Cohort, seed: number): number[] {
  const generated = secondMoment(model.sample({ conditions: {}, seed, firstIndex: 0, count: 3000 }));
  const departure = generated.map((value, k) => value - population[k]!);
  return candidates.patientIds.map((_, i) => {
    const x = candidates.expression.values.subarray(i * genes, (i + 1) * genes);
    return departure.reduce((sum, value, k) => sum + x[Math.floor(k / genes)]! * value * x[k % genes]!, 0);
  });
}

/** Mean area under the ROC curve of the attack over repeats: members against patients not seen. */
function attackArea(fit: (cohort: Cohort, seed: number) => FactorCopulaModel): number {
  const everyone = plantCohort({ patients: 2 * members * repeats + 5000, genes, unit: "z-score" });
  const take = (from: number, count: number) =>
    selectPatients(
      everyone,
      Array.from({ length: count }, (_, k) => from + k),
    );
  const population = secondMoment(take(2 * members * repeats, 5000));
  let sum = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const trained = take(2 * members * repeat, members);
    const unseen = take(2 * members * repeat + members, members);
    const model = fit(trained, repeat);
    sum += rocArea(attack(model, population, trained, repeat), attack(model, population, unseen, repeat))! / repeats;
  }
  return sum;
}

/** As `fitPrivateFactorCopula`, which would refuse so few patients. */
const fitBy = (plan: PrivacyPlan) => (cohort: Cohort, seed: number) =>
  fitWithNoise(cohort, ["survival", "age", "metastasis"], plan, seededBytes(seed));

describe("a membership attack on generated patients", () => {
  const plan = planPrivacy({ patients: members, variables: 7 + genes, epsilon: 1, delta: 1e-6 });
  // Standard deviation of the mean of areas of 24 against 24 patients where nothing can be told.
  const deviation = Math.sqrt((2 * members + 1) / (12 * members * members * repeats));

  it("finds the patients of a fit that promises nothing", () => {
    expect(attackArea((cohort, seed) => fitFactorCopula(cohort, { seed }).model)).toBeGreaterThan(0.65);
  });

  it("finds them in the private fit where its noise is left out", () => {
    const moment = { ...plan.moment, noiseDeviation: 1e-3 };
    const silent = { ...plan, cells: { ...plan.cells, noiseDeviation: 1 }, moment, correlationNoise: 1e-3 };
    expect(attackArea(fitBy(silent))).toBeGreaterThan(0.5 + 3 * deviation);
  });

  it("is left to chance by the noise of epsilon 1", () => {
    expect(Math.abs(attackArea(fitBy(plan)) - 0.5)).toBeLessThan(3 * deviation);
  });
});
