import { selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { attackByLikelihoodRatio, scoreByClosestRecord } from "@osteon/evaluation";
import { fitFactorCopula, fitPrivateFactorCopula, type GenerativeModel } from "@osteon/generator";
import { describe, expect, it } from "vitest";

const { cohort } = simulateDemonstrationCohort({ patients: 48, genes: 200, seed: 4 });
const scoreOf = scoreByClosestRecord(cohort);
const epsilon = 0.5;
const delta = 1e-6;

/** Membership inference by likelihood ratio on 500 records of models of half of the patients each. */
const attack = (fit: (patients: Cohort, shadow: number) => GenerativeModel) =>
  attackByLikelihoodRatio({
    patients: cohort.patientIds.length,
    shadows: 32,
    seed: 1,
    trainShadow: async (patientsIn, shadow) => {
      const model = fit(selectPatients(cohort, patientsIn), shadow);
      return scoreOf(await model.sample({ conditions: {}, seed: shadow, firstIndex: 0, count: 500 }));
    },
  });

/** The most that any attack finds of the training patients at a rate of false alarms (Kairouz, Oh & Viswanath 2015). */
const mostFound = (falseAlarms: number) =>
  Math.min(Math.exp(epsilon) * falseAlarms + delta, 1 - Math.exp(-epsilon) * (1 - delta - falseAlarms));
const steps = 10_000;
const mostArea = Array.from({ length: steps }, (_, k) => mostFound((k + 0.5) / steps)).reduce((a, b) => a + b) / steps;

describe("LiRA on a model with differential privacy", () => {
  it("finds no more than epsilon allows, and nothing that chance would not", async () => {
    const options = { epsilon, delta, evenIfUseless: true };
    const found = await attack((patients) => fitPrivateFactorCopula(patients, options).model);
    expect(found.auc.value).toBeLessThan(mostArea);
    for (const { falsePositiveRate, lower } of found.truePositiveRates) {
      expect(lower).toBeLessThan(mostFound(falsePositiveRate));
    }
    expect(found.pValue).toBeGreaterThan(0.001);
  });

  it("would find more of the same family without noise", async () => {
    const found = await attack((patients, seed) => fitFactorCopula(patients, { seed, folds: 2, largestRank: 8 }).model);
    expect(found.auc.lower).toBeGreaterThan(mostArea);
  });
});
