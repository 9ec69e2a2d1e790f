import { osteonError } from "@osteon/errors";
import { transposeMatrix } from "@osteon/numerics";
import { differentiateByPredictor, saturatedLogLikelihood } from "./breslow-derivatives.ts";
import { largestSlope, minimisePenalised, type PenalisedDesign } from "./coordinate-descent.ts";
import { assertFinite, assertLength, assertObservations, orderByTime, type EventIndicators } from "./observations.ts";
import { standardiseCovariates } from "./standardise-covariates.ts";

export interface RegularisedCoxOptions {
  /** Share of the lasso in the penalty, above 0 to 1; default 1. The rest is ridge. */
  readonly mixing?: number;
  /** Default: 100 from the smallest that leaves no covariate, ending early where the fit no longer gains. */
  readonly penalties?: ArrayLike<number>;
  /** Where the default penalties end, as a share of the first, between 0 and 1; default 1e-4, with fewer patients
   *  than covariates 0.01. */
  readonly smallestShare?: number;
  /** Whether the penalty is on coefficients of one standard deviation; default true. */
  readonly standardise?: boolean;
}

/** Coefficients along a descending path of penalties; nothing in it is NaN. */
export interface RegularisedCoxPath {
  readonly status: "fitted";
  readonly patients: number;
  readonly deaths: number;
  /** Descending. Shorter than asked for where `complete` is false. */
  readonly penalties: Float64Array;
  /** For each penalty the log hazard ratios for one unit of each covariate. */
  readonly coefficients: readonly Float64Array[];
  /** Share of the null deviance that each fit explains. */
  readonly devianceRatios: Float64Array;
  readonly nullDeviance: number;
  /** Constant covariates, whose coefficients are 0. */
  readonly constantCovariates: readonly number[];
  /** Whether every penalty came to its optimum; the path ends before the first that did not. */
  readonly complete: boolean;
}

/**
 * Why there is no path: nobody died; no covariate tells anybody apart who was at risk when another died; or the
 * very first penalty did not come to its optimum.
 */
export interface RegularisedCoxFailure {
  readonly status: "no-events" | "no-informative-covariate" | "not-converged";
  readonly patients: number;
  readonly deaths: number;
}

export type RegularisedCoxFit = RegularisedCoxPath | RegularisedCoxFailure;

/** As in glmnet: a path ends once five penalties have brought less than this share of the explained deviance … */
const smallestGain = 1e-3;
/** … or almost all deviance is explained. */
const largestRatio = 0.999;

/**
 * Fits Cox's model with an elastic-net penalty along a path of penalties: minimises
 * −log likelihood / patients + penalty × (mixing Σ|β| + (1 − mixing) Σβ² / 2), ties by Breslow. More covariates than
 * patients are welcome, and separation is bounded by the penalty.
 * Source: Simon, Friedman, Hastie & Tibshirani 2011; agrees with R's glmnet.
 *
 * @param covariates row-major, patients × width; finite
 * @throws `survival.empty`, `survival.length`, `survival.value`, `survival.option`
 */
export function fitRegularisedCox(
  timesDays: Float64Array,
  events: EventIndicators,
  covariates: Float64Array,
  width: number,
  options: RegularisedCoxOptions = {},
): RegularisedCoxFit {
  assertObservations("A regularised Cox model", timesDays, events);
  assertOption("width", Number.isInteger(width) && width >= 1, "a whole number of 1 or more");
  assertLength("The covariate table", covariates.length, timesDays.length * width);
  assertFinite("The covariate table", covariates);
  const mixing = options.mixing ?? 1;
  assertOption("mixing", mixing > 0 && mixing <= 1, "above 0 and at most 1");
  const smallestShare = options.smallestShare ?? (timesDays.length < width ? 0.01 : 1e-4);
  assertOption("smallestShare", smallestShare > 0 && smallestShare < 1, "between 0 and 1");
  const asked = options.penalties && Float64Array.from(options.penalties).sort().reverse();
  const positive = asked === undefined || (asked.length > 0 && asked.every((value) => value > 0 && value < Infinity));
  assertOption("penalties", positive, "one or more finite numbers above 0");
  const patients = timesDays.length;
  const deaths = Array.from(events).reduce((sum, event) => sum + event, 0);
  if (deaths === 0) return { status: "no-events", patients, deaths };

  const order = orderByTime(timesDays).reverse();
  const standardised = standardiseCovariates(covariates, width, order);
  const scales = standardised.scales.map((scale) => (scale === 0 ? 1 : scale));
  const design: PenalisedDesign = {
    timesDays: Float64Array.from(order, (row) => timesDays[row]!),
    events: Uint8Array.from(order, (row) => events[row]!),
    columns: transposeMatrix(standardised.covariates, patients, width),
    width,
  };
  if (options.standardise === false) {
    design.columns.forEach((value, at) => (design.columns[at] = value * scales[Math.floor(at / patients)]!));
    scales.fill(1);
  }
  const atNull = differentiateByPredictor(design.timesDays, design.events, new Float64Array(patients));
  const slope = largestSlope(design, atNull.residuals);
  if (!(slope > 1e-12)) return { status: "no-informative-covariate", patients, deaths };

  const penalties = asked ?? choosePenalties(slope / mixing, smallestShare);
  const saturated = saturatedLogLikelihood(timesDays, events);
  const nullDeviance = 2 * (saturated - atNull.logLikelihood);
  const fitted: Float64Array[] = [];
  const devianceRatios: number[] = [];
  let current: Float64Array = new Float64Array(width);
  let complete = true;
  for (const penalty of penalties) {
    const optimum = minimisePenalised(design, { penalty, mixing }, current);
    complete = optimum.converged;
    if (!complete) break;
    current = optimum.coefficients;
    fitted.push(current.map((value, j) => value / scales[j]!));
    devianceRatios.push(1 - (2 * (saturated - optimum.logLikelihood)) / nullDeviance);
    if (asked === undefined && gainsNoMore(devianceRatios)) break;
  }
  if (fitted.length === 0) return { status: "not-converged", patients, deaths };
  return {
    status: "fitted",
    patients,
    deaths,
    penalties: penalties.slice(0, fitted.length),
    coefficients: fitted,
    devianceRatios: Float64Array.from(devianceRatios),
    nullDeviance,
    constantCovariates: standardised.constant,
    complete,
  };
}

function choosePenalties(largest: number, smallestShare: number): Float64Array {
  return Float64Array.from({ length: 100 }, (_, k) => largest * smallestShare ** (k / 99));
}

function gainsNoMore(devianceRatios: readonly number[]): boolean {
  const last = devianceRatios.at(-1)!;
  if (devianceRatios.length < 5) return false;
  return last - devianceRatios.at(-5)! < smallestGain * last || last > largestRatio;
}

function assertOption(option: string, holds: boolean, allowed: string): void {
  if (!holds) throw osteonError("survival.option", { option, allowed });
}
