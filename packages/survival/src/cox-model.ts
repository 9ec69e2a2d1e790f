import { osteonError } from "@osteon/errors";
import { factoriseCholesky, invertFactorised, normalSurvival } from "@osteon/numerics";
import { evaluatePartialLikelihood, predictorSpread, type CoxDesign, type TieMethod } from "./cox-likelihood.ts";
import { climb, collinearityTolerance } from "./newton-climb.ts";
import { testGlobally, type GlobalTest } from "./global-tests.ts";
import { bandQuantile } from "./kaplan-meier.ts";
import { assertFinite, assertLength, assertObservations, orderByTime, type EventIndicators } from "./observations.ts";
import { standardiseCovariates } from "./standardise-covariates.ts";

export interface CoxOptions {
  /** Default `efron`. */
  readonly ties?: TieMethod;
  /** Coverage of the Wald intervals; default 0.95. */
  readonly confidenceLevel?: number;
}

/** A fitted proportional-hazards model. Arrays have one value a covariate; nothing in it is NaN. */
export interface CoxEstimate {
  readonly status: "converged";
  readonly patients: number;
  readonly deaths: number;
  /** Log hazard ratios for one unit of each covariate. */
  readonly coefficients: Float64Array;
  readonly standardErrors: Float64Array;
  readonly hazardRatios: Float64Array;
  /** Wald interval of the hazard ratios. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Coefficient divided by its standard error. */
  readonly zScores: Float64Array;
  /** Two-sided Wald p values. */
  readonly pValues: Float64Array;
  /** Inverse of the observed information, width × width, row-major. */
  readonly covariance: Float64Array;
  /** That all coefficients are 0; the score test is the log-rank test where the covariates are groups. */
  readonly tests: { readonly likelihoodRatio: GlobalTest; readonly wald: GlobalTest; readonly score: GlobalTest };
  readonly nullLogLikelihood: number;
  readonly logLikelihood: number;
  readonly iterations: number;
}

/**
 * Why there is no estimate. An expected outcome in small cohorts, so a value and not an exception.
 * - `no-events`: nobody died;
 * - `constant-covariate`: a covariate is the same for all patients;
 * - `collinear`: a covariate is a combination of others, or constant wherever somebody died;
 * - `monotone-likelihood`: a covariate orders the deaths perfectly (separation), so that its hazard
 *   ratio is estimated as 0 or infinity (Bryson & Johnson 1981);
 * - `not-converged`: the iterations ran out.
 */
export interface CoxFailure {
  readonly status: "no-events" | "constant-covariate" | "collinear" | "monotone-likelihood" | "not-converged";
  readonly patients: number;
  readonly deaths: number;
  /** Indices of the covariates concerned. */
  readonly covariates: readonly number[];
}

export type CoxFit = CoxEstimate | CoxFailure;

/**
 * Fits Cox's proportional-hazards model by Newton–Raphson with step halving.
 * Source: Cox 1972; ties Efron 1977, Breslow 1974; agrees with R's coxph.
 *
 * @param covariates row-major, patients × width: covariate j of patient i at `i * width + j`; finite
 * @throws `survival.empty`, `survival.length`, `survival.value`, `survival.option`
 */
export function fitCoxModel(
  timesDays: Float64Array,
  events: EventIndicators,
  covariates: Float64Array,
  width: number,
  options: CoxOptions = {},
): CoxFit {
  assertObservations("A Cox model", timesDays, events);
  if (!(Number.isInteger(width) && width >= 1)) {
    throw osteonError("survival.option", { option: "width", allowed: "a whole number of 1 or more" });
  }
  assertLength("The covariate table", covariates.length, timesDays.length * width);
  assertFinite("The covariate table", covariates);
  const z = bandQuantile(options.confidenceLevel ?? 0.95);
  const ties = options.ties ?? "efron";
  const patients = timesDays.length;
  const deaths = Array.from(events).reduce((sum, event) => sum + event, 0);
  const fail = (status: CoxFailure["status"], concerned: readonly number[]): CoxFailure => ({
    status,
    patients,
    deaths,
    covariates: concerned,
  });
  if (deaths === 0) return fail("no-events", []);
  const order = orderByTime(timesDays).reverse();
  const { covariates: sorted, scales, constant } = standardiseCovariates(covariates, width, order);
  if (constant.length > 0) return fail("constant-covariate", constant);
  const design: CoxDesign = {
    timesDays: Float64Array.from(order, (row) => timesDays[row]!),
    events: Uint8Array.from(order, (row) => events[row]!),
    covariates: sorted,
    width,
  };

  const evaluate = (coefficients: Float64Array) => evaluatePartialLikelihood(design, coefficients, ties);
  const outcome = climb({
    start: new Float64Array(width),
    evaluate,
    spreadOf: (direction) => predictorSpread(design.covariates, direction, patients),
  });
  if (outcome.status !== "converged") return fail(outcome.status, outcome.covariates);
  const factor = factoriseCholesky(outcome.information, width, collinearityTolerance);
  if ("dependentColumn" in factor) return fail("collinear", [factor.dependentColumn]);
  const atNull = evaluate(new Float64Array(width));
  const covariance = invertFactorised(factor.lower, width);
  for (let j = 0; j < width; j++) {
    for (let k = 0; k < width; k++) covariance[j * width + k]! /= scales[j]! * scales[k]!;
  }
  const coefficients = outcome.coefficients.map((value, j) => value / scales[j]!);
  const standardErrors = coefficients.map((_, j) => Math.sqrt(covariance[j * width + j]!));
  const zScores = coefficients.map((value, j) => value / standardErrors[j]!);
  return {
    status: "converged",
    patients,
    deaths,
    coefficients,
    standardErrors,
    hazardRatios: coefficients.map(Math.exp),
    lower: coefficients.map((value, j) => Math.exp(value - z * standardErrors[j]!)),
    upper: coefficients.map((value, j) => Math.exp(value + z * standardErrors[j]!)),
    zScores,
    pValues: zScores.map((value) => 2 * normalSurvival(Math.abs(value))),
    covariance,
    tests: testGlobally(atNull, outcome),
    nullLogLikelihood: atNull.logLikelihood,
    logLikelihood: outcome.logLikelihood,
    iterations: outcome.iterations,
  };
}
