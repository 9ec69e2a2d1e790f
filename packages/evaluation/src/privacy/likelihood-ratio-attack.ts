import { osteonError } from "@osteon/errors";
import { exactBinomialInterval, mean, RandomStream, rocArea, rocAreaNullRange, streamId } from "@osteon/numerics";
import type { Interval } from "./attack-outcome.ts";
import { computeLikelihoodRatios } from "./likelihood-ratios.ts";
import { rankPatients, type PatientRisk, type WorstPatient } from "./patient-risk.ts";
import { designShadows } from "./shadow-design.ts";

/** How much a model, or its file, looks as if a patient had been trained on: higher is more. Finite. */
export type PatientScore = (patient: number) => number;

export interface ShadowRequest {
  /** Training patients of the model under examination; those that the shadows are drawn from. */
  readonly patients: number;
  /** Number of shadow models, a multiple of `folds` and at least 4 times as many; 64 answer for the worst patient. */
  readonly shadows: number;
  /**
   * A shadow is fitted to all patients but one fold of them. With 2, the default, each answers for the most
   * patients; more are nearer to the model itself where half of the patients are too few to fit it to.
   */
  readonly folds?: number;
  readonly seed: number;
  /**
   * Fits a model of the same family to `patientsIn` (ascending rows of the training patients) and returns
   * the score of any of them: the negative distance to the closest record of a file that it generates
   * ({@link scoreByClosestRecord}), or a log-density where the family has one.
   *
   * @param shadow its number, 0 … shadows − 1: to be made the seed's index
   */
  readonly trainShadow: (patientsIn: Uint32Array, shadow: number) => Promise<PatientScore>;
}

export interface TruePositiveRate extends Interval {
  /** Share of patients outside who are taken for members. */
  readonly falsePositiveRate: number;
}

/** What membership inference with knowledge of the method, not of the model, achieves. */
export interface LikelihoodRatioAttack {
  readonly patients: number;
  readonly shadows: number;
  /** Mean over the shadows as targets, with a jackknife interval over patients. */
  readonly auc: Interval;
  /** Where 95 % of single targets' AUCs lie when scores say nothing: all patients but a fold against the fold. */
  readonly nullRange: readonly [number, number];
  /** Where 95 % of mean AUCs lie when scores say nothing, by drawing who was out at random. */
  readonly meanNullRange: readonly [number, number];
  readonly pValue: number;
  /** With exact binomial intervals in which each patient is one trial. */
  readonly truePositiveRates: readonly TruePositiveRate[];
  /** Every patient, by falling risk: the rank is all that is told of who it is. */
  readonly patientRisks: readonly PatientRisk[];
  readonly worstPatient: WorstPatient;
}

const minimumBlocks = 4;
/** As many as other attacks shuffle: Holm's correction multiplies the smallest p-value. */
const relabellings = 1999;
const falsePositiveRates = [0.01, 0.1] as const;

/**
 * Membership inference by likelihood ratio for every training patient, by shadow models of any family.
 * Models fitted to random parts of the patients are each attacked with the knowledge of all the others.
 * As a rule a model of fewer patients remembers each of them no less than one of all of them does.
 * Source: Carlini et al. 2022 (IEEE S&P).
 *
 * @throws evaluation.option for an unusable number of shadows or folds; evaluation.too-few-patients under two a
 *   fold; evaluation.shadow-score where a score is not finite; what `trainShadow` throws
 */
export async function attackByLikelihoodRatio(request: ShadowRequest): Promise<LikelihoodRatioAttack> {
  const { patients, shadows, seed, folds = 2 } = request;
  requireUsable(patients, shadows, folds);
  const isIn = designShadows(patients, shadows, folds, seed);
  const scores = await collectScores(request, isIn);
  const ratios = computeLikelihoodRatios(scores, isIn, patients, folds);
  const auc = meanArea(ratios, isIn, patients);
  const random = new RandomStream(seed, streamId("privacy/shadow-relabelling"));
  const nothing = Float64Array.from({ length: relabellings }, () => {
    const relabelled = relabel(isIn, patients, folds, random);
    return meanArea(computeLikelihoodRatios(scores, relabelled, patients, folds), relabelled, patients);
  }).sort();
  const out = Math.floor(patients / folds);
  return {
    patients,
    shadows,
    auc: jackknifeArea(ratios, isIn, patients, auc),
    nullRange: rocAreaNullRange(patients - out, out, 0.95),
    meanNullRange: [nothing[Math.floor(0.025 * relabellings)]!, nothing[Math.floor(0.975 * relabellings)]!],
    pValue: (nothing.filter((value) => value >= auc).length + 1) / (relabellings + 1),
    truePositiveRates: falsePositiveRates.map((rate) => measureTruePositives(ratios, isIn, patients, rate)),
    ...rankPatients(ratios, isIn, patients, folds),
  };
}

function requireUsable(patients: number, shadows: number, folds: number): void {
  if (!(Number.isInteger(folds) && folds >= 2)) {
    throw osteonError("evaluation.option", { option: "folds", actual: folds, allowed: "a whole number from 2 on" });
  }
  if (!(Number.isInteger(shadows) && shadows >= minimumBlocks * folds && shadows % folds === 0)) {
    throw osteonError("evaluation.option", {
      option: "shadows",
      actual: shadows,
      allowed: `a multiple of ${folds} from ${minimumBlocks * folds} on`,
    });
  }
  if (patients < 2 * folds) {
    throw osteonError("evaluation.too-few-patients", { role: "training", actual: patients, minimum: 2 * folds });
  }
}

async function collectScores({ patients, shadows, trainShadow }: ShadowRequest, isIn: Uint8Array) {
  const scores = new Float64Array(shadows * patients);
  for (let shadow = 0; shadow < shadows; shadow++) {
    const patientsIn = Uint32Array.from({ length: patients }, (_, i) => i).filter(
      (patient) => isIn[shadow * patients + patient] === 1,
    );
    const score = await trainShadow(patientsIn, shadow);
    for (let patient = 0; patient < patients; patient++) {
      const value = score(patient);
      if (!Number.isFinite(value)) throw osteonError("evaluation.shadow-score", { shadow });
      scores[shadow * patients + patient] = value;
    }
  }
  return scores;
}

/** Area under the curve of each target, in the mean; `without` a patient, or with all (−1). */
function meanArea(ratios: Float64Array, isIn: Uint8Array, patients: number, without = -1): number {
  const shadows = ratios.length / patients;
  const inside = new Float64Array(patients);
  const outside = new Float64Array(patients);
  let sum = 0;
  for (let shadow = 0; shadow < shadows; shadow++) {
    let ins = 0;
    let outs = 0;
    for (let patient = 0; patient < patients; patient++) {
      const k = shadow * patients + patient;
      if (patient === without) continue;
      if (isIn[k] === 1) inside[ins++] = ratios[k]!;
      else outside[outs++] = ratios[k]!;
    }
    // A relabelled target may, among very few patients, have nobody on a side.
    sum += rocArea(inside.subarray(0, ins), outside.subarray(0, outs)) ?? 0.5;
  }
  return sum / shadows;
}

function jackknifeArea(ratios: Float64Array, isIn: Uint8Array, patients: number, value: number): Interval {
  const without = Float64Array.from({ length: patients }, (_, patient) => meanArea(ratios, isIn, patients, patient));
  const centre = mean(without);
  const squares = without.reduce((sum, area) => sum + (area - centre) ** 2, 0);
  const half = 1.96 * Math.sqrt(((patients - 1) / patients) * squares);
  return { value, lower: Math.max(0, value - half), upper: Math.min(1, value + half) };
}

/** The design with the shadow of each block that a patient was out of drawn anew. */
function relabel(isIn: Uint8Array, patients: number, folds: number, random: RandomStream): Uint8Array {
  const relabelled = new Uint8Array(isIn.length).fill(1);
  for (let start = 0; start < isIn.length; start += folds * patients) {
    for (let patient = 0; patient < patients; patient++) {
      relabelled[start + random.nextInteger(folds) * patients + patient] = 0;
    }
  }
  return relabelled;
}

/** Share of members above the ratio that at most the given share of non-members exceeds, over all targets. */
function measureTruePositives(
  ratios: Float64Array,
  isIn: Uint8Array,
  patients: number,
  falsePositiveRate: number,
): TruePositiveRate {
  const outside = ratios.filter((_, k) => isIn[k] === 0).sort();
  const inside = ratios.filter((_, k) => isIn[k] === 1);
  const allowed = Math.floor(falsePositiveRate * outside.length);
  const threshold = outside[outside.length - 1 - allowed]!;
  const share = inside.filter((ratio) => ratio > threshold).length / inside.length;
  return { falsePositiveRate, ...exactBinomialInterval(share * patients, patients, 0.95) };
}
