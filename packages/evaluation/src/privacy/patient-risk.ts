import { exactBinomialInterval } from "@osteon/numerics";

/** How often an attacker is right on whether one patient was trained on; ½ is a coin. */
export interface PatientRisk {
  /** 1 is the patient at most risk. */
  readonly rank: number;
  /** Share of shadows in which the sign of his likelihood ratio is right, with its exact 95 % interval. */
  readonly correct: number;
  readonly lower: number;
  readonly upper: number;
}

export interface WorstPatient {
  /** As observed: the largest of many estimates, and so too large. */
  readonly correct: number;
  /** Above this, with 95 % confidence over all patients at once, is the risk of some patient. */
  readonly lower: number;
  /** Below this, with 95 % confidence, is the risk of every patient. */
  readonly upper: number;
}

/**
 * Risk by patient, ordered. Right answers on shadows that a patient is in and out of count half each, so that
 * their share is (1 + advantage) / 2, and at most e^ε / (1 + e^ε) for an ε-differentially private model. Limits
 * are exact with two folds; with more, those of as many trials as have the variance of the two halves.
 *
 * The upper limit of the worst patient needs no correction for having been chosen: the largest of all
 * one-sided limits is above the limit of whoever is truly at most risk. The lower one does (Bonferroni).
 */
export function rankPatients(
  ratios: Float64Array,
  isIn: Uint8Array,
  patients: number,
  folds: number,
): { readonly patientRisks: readonly PatientRisk[]; readonly worstPatient: WorstPatient } {
  const shadows = ratios.length / patients;
  const outs = shadows / folds;
  const ins = shadows - outs;
  const trials = (4 * ins * outs) / shadows;
  const right = new Float64Array(patients);
  ratios.forEach((ratio, k) => {
    const sign = isIn[k] === 1 ? Math.sign(ratio) : -Math.sign(ratio);
    right[k % patients]! += ((1 + sign) / 2) * (trials / (2 * (isIn[k] === 1 ? ins : outs)));
  });
  const ordered = right.sort().reverse();
  const worst = ordered[0]!;
  return {
    patientRisks: Array.from(ordered, (count, place) => {
      const { value, lower, upper } = exactBinomialInterval(count, trials, 0.95);
      return { rank: place + 1, correct: value, lower, upper };
    }),
    worstPatient: {
      correct: worst / trials,
      lower: exactBinomialInterval(worst, trials, 1 - 0.1 / patients).lower,
      upper: exactBinomialInterval(worst, trials, 0.9).upper,
    },
  };
}
