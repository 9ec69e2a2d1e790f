import { simulateDemonstrationCohort } from "@osteon/cohort";
import { normalCdf, RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { takePatients } from "../input/evaluation-cohort.ts";
import { resampleRows } from "../references/choose-rows.ts";
import { drawIndependentMarginals } from "../references/draw-independent-marginals.ts";
import { attackByLikelihoodRatio, type ShadowRequest } from "./likelihood-ratio-attack.ts";
import { scoreByClosestRecord } from "./record-score.ts";

/** Scores of standard normal noise, raised by `leak(patient)` for those who are in. */
function leaking(leak: (patient: number) => number): ShadowRequest["trainShadow"] {
  return (patientsIn, shadow) => {
    const members = new Set(patientsIn);
    const random = new RandomStream(9, 9, shadow);
    const noise = Float64Array.from({ length: 200 }, () => random.nextNormal());
    return Promise.resolve((patient) => noise[patient]! + (members.has(patient) ? leak(patient) : 0));
  };
}
const attack = (request: Partial<ShadowRequest> & Pick<ShadowRequest, "trainShadow">) =>
  attackByLikelihoodRatio({ patients: 44, shadows: 32, seed: 3, ...request });

describe("attackByLikelihoodRatio", () => {
  it("reaches what two normal distributions allow", async () => {
    const result = await attack({ shadows: 64, trainShadow: leaking(() => 1) });
    // Of two unit normals one deviation apart; a little is lost to fitting them.
    expect(result.auc.value).toBeLessThan(normalCdf(1 / Math.SQRT2) + 0.01);
    expect(result.auc.value).toBeGreaterThan(normalCdf(1 / Math.SQRT2) - 0.02);
    expect(result.auc.lower).toBeLessThan(result.auc.value);
    expect(result.pValue).toBe(1 / 2000);
    const [strict, loose] = result.truePositiveRates;
    // 1 − Φ(Φ⁻¹(1 − FPR) − 1): 0.092 and 0.389.
    expect(strict!.value).toBeCloseTo(0.092, 1);
    expect(loose!.value).toBeCloseTo(0.389, 1);
    expect(loose!.lower).toBeLessThan(0.389);
    expect(loose!.upper).toBeGreaterThan(0.389);
  });

  it("uses each patient's own variance where shadows are many", async () => {
    const noisy: ShadowRequest["trainShadow"] = async (patientsIn, shadow) => {
      const score = await leaking((patient) => (patient < 10 ? 1 : 0.01))(patientsIn, shadow);
      return (patient) => (patient < 10 ? 1 : 0.01) * score(patient);
    };
    const result = await attack({ patients: 20, shadows: 140, trainShadow: noisy });
    expect(result.auc.value).toBeGreaterThan(0.58);
  });

  it("prints the null range of half the patients against the other half", async () => {
    const result = await attack({ patients: 88, trainShadow: leaking(() => 0) });
    expect(result.nullRange[0]).toBeCloseTo(0.38, 2);
    expect(result.nullRange[1]).toBeCloseTo(0.62, 2);
    expect(result.auc.value).toBeGreaterThan(result.meanNullRange[0]);
    expect(result.auc.value).toBeLessThan(result.meanNullRange[1]);
    expect(result.pValue).toBeGreaterThan(0.05);
    expect(result.worstPatient.correct).toBeLessThan(0.8);
  });

  it("reaches the same with more folds, and finds nothing where nothing is", async () => {
    const found = await attack({ folds: 4, shadows: 80, trainShadow: leaking(() => 1) });
    expect(found.auc.value).toBeGreaterThan(normalCdf(1 / Math.SQRT2) - 0.03);
    expect(found.auc.value).toBeLessThan(normalCdf(1 / Math.SQRT2) + 0.02);
    expect(found.patientRisks[0]!.correct).toBeGreaterThan(found.patientRisks[43]!.correct);
    const silent = await attack({ folds: 4, trainShadow: leaking(() => 0) });
    expect(silent.pValue).toBeGreaterThan(0.05);
    expect(silent.meanNullRange[0]).toBeLessThan(0.5);
    expect(silent.meanNullRange[1]).toBeGreaterThan(0.5);
  });

  it("finds the one patient that is remembered, and says nothing of who it is", async () => {
    const result = await attack({ trainShadow: leaking((patient) => (patient === 17 ? 5 : 0)) });
    expect(result.patientRisks.map(({ rank }) => rank)).toEqual(Array.from({ length: 44 }, (_, i) => i + 1));
    expect(result.patientRisks[0]!.correct).toBeGreaterThan(0.95);
    expect(result.patientRisks[1]!.correct).toBeLessThan(0.8);
    expect(result.worstPatient.lower).toBeGreaterThan(0.7);
    expect(Object.keys(result.patientRisks[0]!)).toEqual(["rank", "correct", "lower", "upper"]);
  });

  it("gives ½ to scores that are all the same", async () => {
    const result = await attack({ trainShadow: () => Promise.resolve(() => 7) });
    expect(result.auc).toEqual({ value: 0.5, lower: 0.5, upper: 0.5 });
    expect(result.pValue).toBe(1);
    expect(result.worstPatient.correct).toBe(0.5);
  });

  it("sees through a photocopier by closest records, and finds nothing in a file that ignores its patients", async () => {
    const source = simulateDemonstrationCohort({ patients: 70, genes: 40, seed: 4 }).cohort;
    const patients = takePatients(
      source,
      Array.from({ length: 40 }, (_, i) => i),
    );
    const strangers = takePatients(
      source,
      Array.from({ length: 30 }, (_, i) => 40 + i),
    );
    const score = scoreByClosestRecord(patients);
    const random = (shadow: number) => new RandomStream(6, 6, shadow);
    const copied = await attackByLikelihoodRatio({
      patients: 40,
      shadows: 16,
      seed: 1,
      trainShadow: (patientsIn, shadow) =>
        Promise.resolve(score(takePatients(takePatients(patients, patientsIn), resampleRows(20, 100, random(shadow))))),
    });
    expect(copied.auc.value).toBeGreaterThan(0.97);
    expect(copied.worstPatient.lower).toBeGreaterThan(0.5);
    const ignorant = await attackByLikelihoodRatio({
      patients: 40,
      shadows: 16,
      seed: 1,
      trainShadow: (_, shadow) => Promise.resolve(score(drawIndependentMarginals(strangers, 100, random(shadow)))),
    });
    expect(ignorant.pValue).toBeGreaterThan(0.05);
  });

  it("is the same for the same seed", async () => {
    const request = { trainShadow: leaking(() => 1), shadows: 8 };
    expect(await attack(request)).toEqual(await attack(request));
  });

  it("refuses unusable shadows, few patients and scores that are no numbers", async () => {
    const trainShadow = leaking(() => 0);
    await expect(attack({ shadows: 9, trainShadow })).rejects.toThrow(/shadows is 9.*multiple of 2 from 8/);
    await expect(attack({ shadows: 6, trainShadow })).rejects.toThrow(/shadows is 6/);
    await expect(attack({ folds: 1, trainShadow })).rejects.toThrow(/folds is 1.*whole number from 2/);
    await expect(attack({ folds: 10, trainShadow })).rejects.toThrow(/shadows is 32.*multiple of 10 from 40/);
    await expect(attack({ patients: 3, trainShadow })).rejects.toThrow(/training cohort has 3 patients/);
    await expect(attack({ trainShadow: () => Promise.resolve(() => -Infinity) })).rejects.toThrow(
      /Shadow model 0 .*not a finite/,
    );
  });
});
