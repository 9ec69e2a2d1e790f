import { linearPredictor, type TieMethod } from "./cox-likelihood.ts";
import { assertFinite, assertLength, assertObservations, orderByTime, type EventIndicators } from "./observations.ts";
import { lastIndexAtOrBefore } from "./read-curve.ts";

/** The cumulative hazard of a patient with average covariates under a Cox model. */
export interface CoxBaseline {
  /** Distinct times, ascending; the hazard is constant in between and 0 before the first. */
  readonly timesDays: Float64Array;
  readonly cumulativeHazard: Float64Array;
  /** The averages. At the origin instead, a covariate far from 0 would leave the range of numbers. */
  readonly referenceCovariates: Float64Array;
  readonly coefficients: Float64Array;
}

/**
 * Estimates the baseline cumulative hazard for given coefficients, plain or regularised ones.
 * Source: Breslow 1972; with ties by Efron's weights as in R's basehaz.
 *
 * @param covariates row-major, patients × coefficients.length, those that the model was fitted on
 * @throws `survival.empty`, `survival.length`, `survival.value`
 */
export function estimateCoxBaseline(
  timesDays: Float64Array,
  events: EventIndicators,
  covariates: Float64Array,
  coefficients: Float64Array,
  ties: TieMethod = "efron",
): CoxBaseline {
  assertObservations("A baseline hazard", timesDays, events);
  const n = timesDays.length;
  const width = coefficients.length;
  assertLength("The covariate table", covariates.length, n * width);
  assertFinite("The covariate table", covariates);
  assertFinite("The coefficients", coefficients);
  const referenceCovariates = new Float64Array(width);
  for (let i = 0; i < n * width; i++) referenceCovariates[i % width]! += covariates[i]! / n;
  const predictor = linearPredictor(covariates, coefficients, n);
  const reference = linearPredictor(referenceCovariates, coefficients, 1)[0]!;
  const times: number[] = [];
  const increments: number[] = [];
  const order = orderByTime(timesDays);
  // Sums in units of the largest hazard so far at risk, so that the total never vanishes.
  let largest = -Infinity;
  let atRisk = 0;
  for (let end = n; end > 0;) {
    const time = timesDays[order[end - 1]!]!;
    let deaths = 0;
    let dying = 0;
    for (; end > 0 && timesDays[order[end - 1]!] === time; end--) {
      const row = order[end - 1]!;
      if (predictor[row]! > largest) {
        const shrink = Math.exp(largest - predictor[row]!);
        atRisk *= shrink;
        dying *= shrink;
        largest = predictor[row]!;
      }
      const weight = Math.exp(predictor[row]! - largest);
      atRisk += weight;
      if (events[row] !== 1) continue;
      deaths++;
      dying += weight;
    }
    let increment = 0;
    for (let death = 0; death < deaths; death++) {
      increment += Math.exp(reference - largest) / (atRisk - (ties === "efron" ? death / deaths : 0) * dying);
    }
    times.push(time);
    increments.push(increment);
  }
  let hazard = 0;
  return {
    timesDays: Float64Array.from(times.toReversed()),
    cumulativeHazard: Float64Array.from(increments.toReversed(), (increment) => (hazard += increment)),
    referenceCovariates,
    coefficients,
  };
}

/**
 * S at each asked-for day for each patient, row-major, patients × days; after the last follow-up the last value
 * stands.
 *
 * @param covariates row-major, patients × coefficients
 * @throws `survival.length`, `survival.value`
 */
export function predictCoxSurvival(
  baseline: CoxBaseline,
  covariates: Float64Array,
  daysAsked: ArrayLike<number>,
): Float64Array {
  const { coefficients, referenceCovariates } = baseline;
  const patients = Math.ceil(covariates.length / coefficients.length);
  assertLength("The covariate table", covariates.length, patients * coefficients.length);
  assertFinite("The covariate table", covariates);
  const reference = linearPredictor(referenceCovariates, coefficients, 1)[0]!;
  const predictor = linearPredictor(covariates, coefficients, patients);
  const survival = new Float64Array(patients * daysAsked.length);
  for (let day = 0; day < daysAsked.length; day++) {
    const index = lastIndexAtOrBefore(baseline.timesDays, daysAsked[day]!);
    // The logarithm of a hazard of 0 is −Infinity, and S then 1; a product could be 0 times infinity.
    const logHazard = Math.log(index < 0 ? 0 : baseline.cumulativeHazard[index]!);
    for (let i = 0; i < patients; i++) {
      survival[i * daysAsked.length + day] = Math.exp(-Math.exp(logHazard + predictor[i]! - reference));
    }
  }
  return survival;
}
