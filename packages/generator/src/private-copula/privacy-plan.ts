import { osteonError } from "@osteon/errors";
import { rhoOfEpsilon, rhoOfGaussian } from "./concentrated-privacy.ts";

/** What is asked of {@link planPrivacy}. */
export interface PrivacyRequest {
  readonly patients: number;
  /** Clinical variables, mutations, copy numbers and genes together. */
  readonly variables: number;
  readonly epsilon: number;
  /** Below one in the number of patients. */
  readonly delta: number;
  /**
   * Root mean square of the correlations that are expected, of other cohorts or the literature and never of
   * these patients: the signal that the noise is measured against. Default 0.2; genes of TARGET-OS, which is
   * public, have 0.17 (2,416 genes) to 0.25 (476 genes of known pathways) beyond chance.
   */
  readonly expectedCorrelation?: number;
}

/** Noise of one of the two releases that a private fit makes. */
export interface ReleasePlan {
  readonly rho: number;
  /** L2 distance that replacing one patient can make. */
  readonly sensitivity: number;
  /** Standard deviation of the noise. */
  readonly noiseDeviation: number;
}

/** How much noise a private fit needs, and what is then left; depends on no patient's data. */
export interface PrivacyPlan extends Required<PrivacyRequest> {
  readonly rho: number;
  /** Table of each variable: in which of its cells each patient falls. */
  readonly cells: ReleasePlan;
  /** Second moment of the patients' latent scores, of unit variance each. */
  readonly moment: ReleasePlan;
  /** Largest L2 norm of a patient's scores; longer ones are shortened. */
  readonly clipNorm: number;
  /** Standard deviation that the noise gives a correlation of two fully known continuous variables. */
  readonly correlationNoise: number;
  /** Root mean square error expected of the correlations: the noise, and what this many patients leave open. */
  readonly correlationError: number;
  /** Standard deviation that the noise gives a cell, as a share of the patients. */
  readonly cellNoise: number;
  /** Noise over signal, the worse of the two releases; above 1 the fit is refused. */
  readonly relativeNoise: number;
  /** Patients at which `relativeNoise` is 1. */
  readonly patientsNeeded: number;
}

/** Share of ρ that the tables get; at some 20 variables both releases then need about as many patients. */
const cellShare = 0.5;
/**
 * Squared clip norm over the number of variables, which is a patient's mean squared norm. Some patients are
 * shortened; on the demonstration cohort that moves correlations by 0.02, and half as much noise is added as at 2.5.
 */
const clipFactor = 1.25;
/** Noise of a cell, as a share of the patients, beyond which a frequency says little: that of some 100 patients. */
const largestCellNoise = 0.04;

/**
 * Plans the noise of a private fit, by zCDP between cohorts of which one patient is replaced.
 *
 * A patient stands in one cell of each variable's table, so replacing him moves 2d counts: L2 √(2d). His
 * scores x enter the second moment as x xᵀ of norm at most c², and ‖x xᵀ − y yᵀ‖² = ‖x‖⁴ + ‖y‖⁴ − 2(x·y)² is
 * at most 2c⁴: L2 √2 c². The noise of a correlation is then in proportion to d/n: with thousands of genes it
 * swamps any cohort of this disease. Signal and noise are compared in Frobenius norm over all pairs.
 *
 * @throws `generator.option`
 */
export function planPrivacy(request: PrivacyRequest): PrivacyPlan {
  const { patients, variables, epsilon, delta, expectedCorrelation = 0.2 } = request;
  assertRequest({ patients, variables, epsilon, delta, expectedCorrelation });
  const rho = rhoOfEpsilon(epsilon, delta);
  const clipNorm = Math.sqrt(clipFactor * variables);
  const cells = withWholeVariance(planRelease(cellShare * rho, Math.sqrt(2 * variables)));
  const moment = planRelease((1 - cellShare) * rho, Math.SQRT2 * clipNorm ** 2);
  // Each pair stands twice in the symmetric matrix, so that it needs only half the variance.
  const correlationNoise = moment.noiseDeviation / Math.SQRT2 / patients;
  const cellNoise = cells.noiseDeviation / patients;
  const relativeNoise = Math.max(correlationNoise / expectedCorrelation, cellNoise / largestCellNoise);
  return {
    patients,
    variables,
    epsilon,
    delta,
    expectedCorrelation,
    rho,
    cells,
    moment,
    clipNorm,
    correlationNoise,
    correlationError: Math.sqrt(correlationNoise ** 2 + 1 / patients),
    cellNoise,
    relativeNoise,
    patientsNeeded: Math.ceil(relativeNoise * patients * (1 - Number.EPSILON)),
  };
}

/**
 * Plans, and refuses what would only be noise.
 *
 * @throws `generator.option`, `generator.privacy-useless` with the patients that it would need
 */
export function requireUsefulPlan(request: PrivacyRequest): PrivacyPlan {
  const plan = planPrivacy(request);
  if (plan.relativeNoise <= 1) return plan;
  const { patients, variables, epsilon, delta, patientsNeeded } = plan;
  throw osteonError("generator.privacy-useless", {
    patients,
    variables,
    epsilon,
    delta,
    needed: patientsNeeded,
    factor: Math.ceil(plan.relativeNoise),
  });
}

function planRelease(rho: number, sensitivity: number): ReleasePlan {
  return { rho, sensitivity, noiseDeviation: sensitivity / Math.sqrt(2 * rho) };
}

/** Counts get a whole variance, since only that is sampled exactly; never less than planned. */
function withWholeVariance({ sensitivity, noiseDeviation }: ReleasePlan): ReleasePlan {
  const whole = Math.sqrt(Math.ceil(noiseDeviation ** 2));
  return { rho: rhoOfGaussian(sensitivity, whole), sensitivity, noiseDeviation: whole };
}

function assertRequest({ patients, variables, epsilon, delta, expectedCorrelation }: Required<PrivacyRequest>): void {
  const require = (option: string, allowed: string, isAllowed: boolean) => {
    if (!isAllowed) throw osteonError("generator.option", { option, allowed });
  };
  require("patients", "a whole number of 2 or more", Number.isInteger(patients) && patients >= 2);
  require("variables", "a whole number of 1 or more", Number.isInteger(variables) && variables >= 1);
  // Beyond these an epsilon promises nothing, or leaves nothing.
  require("epsilon", "of 0.001 to 100", epsilon >= 0.001 && epsilon <= 100);
  require("delta", "of 1e-30 to below one in the number of patients", delta >= 1e-30 && delta < 1 / patients);
  require("expectedCorrelation", "above 0 and at most 1", expectedCorrelation > 0 && expectedCorrelation <= 1);
}
