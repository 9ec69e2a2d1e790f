import { osteonError } from "@osteon/errors";
import { choleskyFactor, invertFactorised, normalSurvival } from "@osteon/numerics";
import { climb } from "./newton-climb.ts";
import { assertFinite, assertLength, assertObservations, type EventIndicators } from "./observations.ts";
import { dot, smallestSlope, splineBasis, splineBasisSlope } from "./restricted-cubic-spline.ts";
import { evaluateFlexibleLikelihood, type FlexibleDesign } from "./royston-parmar-likelihood.ts";
import { standardiseCovariates } from "./standardise-covariates.ts";

export interface RoystonParmarOptions {
  /** Spline terms beside the constant: 1 is Weibull's model, each further one adds an interior knot; default 3. */
  readonly degreesOfFreedom?: number;
}

/**
 * log H(t | x) = s(log t) + x β, with s a restricted cubic spline. Plain values and arrays, so that it can be
 * stored; nothing in it is NaN, and H rises everywhere.
 */
export interface RoystonParmarEstimate {
  readonly status: "converged";
  readonly patients: number;
  readonly deaths: number;
  /** Ascending, in log days: the first and the last death, and quantiles of the deaths between. */
  readonly knotsLogDays: Float64Array;
  /** Of 1, log t and the spline terms, in the parametrisation of Royston & Parmar. */
  readonly splineCoefficients: Float64Array;
  /** Log hazard ratios for one unit of each covariate. */
  readonly coefficients: Float64Array;
  readonly standardErrors: Float64Array;
  /** Two-sided Wald p values. */
  readonly pValues: Float64Array;
  /** Of the times in days. */
  readonly logLikelihood: number;
  readonly iterations: number;
}

/**
 * Why there is no estimate: the reasons of a Cox model, and
 * - `too-few-deaths`: they fall on fewer distinct days than there are knots, or knots coincide;
 * - `falling-cumulative-hazard`: between deaths the best spline falls, so that it is no survival curve. Fewer
 *   degrees of freedom help; one never falls.
 */
export interface RoystonParmarFailure {
  readonly status:
    | "no-events"
    | "too-few-deaths"
    | "constant-covariate"
    | "collinear"
    | "monotone-likelihood"
    | "falling-cumulative-hazard"
    | "not-converged";
  readonly patients: number;
  readonly deaths: number;
  /** Indices of the covariates concerned. */
  readonly covariates: readonly number[];
}

export type RoystonParmarFit = RoystonParmarEstimate | RoystonParmarFailure;

/** A time of 0 means somewhere within the first day; it has no logarithm, so half a day stands for it. */
const daysForZero = 0.5;

/**
 * Fits the flexible parametric proportional-hazards model by maximum likelihood (Newton–Raphson).
 * Source: Royston & Parmar 2002, on the scale of the log cumulative hazard.
 *
 * @param covariates row-major, patients × width; finite; empty where width is 0
 * @throws `survival.empty`, `survival.length`, `survival.value`, `survival.option`
 */
export function fitRoystonParmar(
  timesDays: Float64Array,
  events: EventIndicators,
  covariates: Float64Array,
  width: number,
  options: RoystonParmarOptions = {},
): RoystonParmarFit {
  assertObservations("A flexible parametric model", timesDays, events);
  const degrees = wholeNumber("degreesOfFreedom", options.degreesOfFreedom ?? 3, 1);
  assertLength("The covariate table", covariates.length, timesDays.length * wholeNumber("width", width, 0));
  assertFinite("The covariate table", covariates);
  const logDays = timesDays.map((time) => Math.log(time === 0 ? daysForZero : time));
  const deathLogDays = logDays.filter((_, i) => events[i] === 1).sort();
  const patients = timesDays.length;
  const deaths = deathLogDays.length;
  const fail = (status: RoystonParmarFailure["status"], concerned: readonly number[] = []): RoystonParmarFailure => ({
    status,
    patients,
    deaths,
    covariates: concerned,
  });
  if (deaths === 0) return fail("no-events");
  const knotsLogDays = quantileKnots(deathLogDays, degrees);
  if (new Set(deathLogDays).size <= degrees || new Set(knotsLogDays).size <= degrees) return fail("too-few-deaths");
  const standardised = standardiseCovariates(covariates, width, [...timesDays.keys()]);
  if (standardised.constant.length > 0) return fail("constant-covariate", standardised.constant);

  // Time in units of the stretch between the outer knots keeps cubes of it near 1.
  const origin = knotsLogDays[0]!;
  const unit = knotsLogDays.at(-1)! - origin;
  const knots = knotsLogDays.map((knot) => (knot - origin) / unit);
  const scaled = logDays.map((u) => (u - origin) / unit);
  const design = buildDesign(events, scaled, knots, standardised.covariates, width);
  const start = new Float64Array(design.width);
  // A constant hazard: deaths over days lived.
  const daysLived = logDays.reduce((sum, u) => sum + Math.exp(u), 0);
  start[0] = Math.log(deaths / daysLived) + origin;
  start[1] = unit;
  const outcome = climb({
    start,
    evaluate: (coefficients) => evaluateFlexibleLikelihood(design, coefficients),
    spreadOf: (direction) => largestChange(design, direction),
  });
  if (outcome.status !== "converged") {
    const concerned = outcome.covariates.map((index) => index - knots.length).filter((index) => index >= 0);
    // Without a covariate it is the spline itself that found no end.
    return concerned.length > 0 ? fail(outcome.status, concerned) : fail("not-converged");
  }
  if (smallestSlope(knots, outcome.coefficients) <= 0) return fail("falling-cumulative-hazard");
  const factor = choleskyFactor(outcome.information, design.width);
  if (!factor) return fail("not-converged");
  const covariance = invertFactorised(factor, design.width);
  const { means, scales } = standardised;
  const beta = outcome.coefficients.slice(knots.length);
  const coefficients = beta.map((value, j) => value / scales[j]!);
  const splineCoefficients = outcome.coefficients
    .slice(0, knots.length)
    .map((value, j) => value / unit ** [0, 1, 3][Math.min(j, 2)]!);
  splineCoefficients[0]! -= splineCoefficients[1]! * origin + dot(coefficients, means);
  const standardErrors = scales.map((scale, j) => {
    const diagonal = (knots.length + j) * (design.width + 1);
    return Math.sqrt(covariance[diagonal]!) / scale;
  });
  return {
    status: "converged",
    patients,
    deaths,
    knotsLogDays,
    splineCoefficients,
    coefficients,
    standardErrors,
    pValues: coefficients.map((value, j) => 2 * normalSurvival(Math.abs(value / standardErrors[j]!))),
    logLikelihood: outcome.logLikelihood - deaths * Math.log(unit) - deathLogDays.reduce((sum, u) => sum + u, 0),
    iterations: outcome.iterations,
  };
}

/** The first, the last and evenly spaced quantiles between (R's type 7). */
function quantileKnots(sorted: Float64Array, degrees: number): Float64Array {
  return Float64Array.from({ length: degrees + 1 }, (_, k) => {
    const position = ((sorted.length - 1) * k) / degrees;
    const below = Math.floor(position);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
  });
}

function buildDesign(
  events: EventIndicators,
  scaled: Float64Array,
  knots: Float64Array,
  covariates: Float64Array,
  covariateWidth: number,
): FlexibleDesign {
  const width = knots.length + covariateWidth;
  const rows = new Float64Array(scaled.length * width);
  const slopeRows = new Float64Array(scaled.length * width);
  scaled.forEach((u, i) => {
    rows.set(splineBasis(knots, u), i * width);
    rows.set(covariates.subarray(i * covariateWidth, (i + 1) * covariateWidth), i * width + knots.length);
    slopeRows.set(splineBasisSlope(knots, u), i * width);
  });
  return { events, rows, slopeRows, width };
}

/** The largest change of a patient's log cumulative hazard along a direction. */
function largestChange({ rows, width }: FlexibleDesign, direction: Float64Array): number {
  let largest = 0;
  for (let start = 0; start < rows.length; start += width) {
    largest = Math.max(largest, Math.abs(dot(direction, rows.subarray(start, start + width))));
  }
  return largest;
}

function wholeNumber(option: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw osteonError("survival.option", { option, allowed: `a whole number of ${least} or more` });
}
