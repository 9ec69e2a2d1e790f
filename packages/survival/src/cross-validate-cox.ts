import { osteonError } from "@osteon/errors";
import { RandomStream, streamId } from "@osteon/numerics";
import { differentiateByPredictor, saturatedLogLikelihood } from "./breslow-derivatives.ts";
import { linearPredictor } from "./cox-likelihood.ts";
import { assertLength, orderByTime, type EventIndicators } from "./observations.ts";
import {
  fitRegularisedCox,
  type RegularisedCoxFailure,
  type RegularisedCoxOptions,
  type RegularisedCoxPath,
} from "./regularised-cox.ts";

export interface CrossValidationOptions extends RegularisedCoxOptions {
  /** Default 10; no more than there are deaths, so that each fold holds one. */
  readonly folds?: number;
  /** Of the folds' random numbers; default 0. */
  readonly seed?: number;
  /** One code a patient, instead of folds at random. */
  readonly foldOf?: ArrayLike<number>;
}

/** Penalties judged by patients left out; arrays have one value a penalty. */
export interface CrossValidatedCox {
  readonly status: "fitted";
  /** Fitted on all patients; its path ends where the shortest path of a fold does. */
  readonly path: RegularisedCoxPath;
  /** Partial-likelihood deviance a left-out death (Verweij & van Houwelingen 1993); smaller is better. */
  readonly meanDeviance: Float64Array;
  readonly standardError: Float64Array;
  /** Index of the penalty of the smallest deviance … */
  readonly best: number;
  /** … and of the largest penalty within one standard error of it. */
  readonly oneStandardError: number;
}

/** As for one path, and `too-few-deaths`: two folds with a death each cannot be had. */
export interface CrossValidationFailure {
  readonly status: RegularisedCoxFailure["status"] | "too-few-deaths";
  readonly patients: number;
  readonly deaths: number;
}

/**
 * With fewer patients than covariates a path ends sooner than glmnet's: further on each fold comes near to explaining
 * every death, never wins, and takes most of the time.
 */
const smallestShareOfWide = 0.1;

/**
 * Chooses the penalty of a regularised Cox model by cross-validation. A fold counts by the deviance of all patients
 * less that of its training patients, both under the coefficients of the latter.
 * Source: Verweij & van Houwelingen 1993; Simon et al. 2011, section 3.3; agrees with R's cv.glmnet (grouped).
 *
 * @param covariates row-major, patients × width; finite
 * @throws as {@link fitRegularisedCox}
 */
export function crossValidateRegularisedCox(
  timesDays: Float64Array,
  events: EventIndicators,
  covariates: Float64Array,
  width: number,
  options: CrossValidationOptions = {},
): CrossValidatedCox | CrossValidationFailure {
  const path = fitRegularisedCox(timesDays, events, covariates, width, {
    ...options,
    smallestShare: options.smallestShare ?? (timesDays.length < width ? smallestShareOfWide : 1e-4),
  });
  if (path.status !== "fitted") return path;
  const { patients, deaths } = path;
  const foldOf = options.foldOf ?? dealFolds(events, deaths, options.folds ?? 10, options.seed ?? 0);
  assertLength("The fold table", foldOf.length, patients);
  const all = [...orderByTime(timesDays).reverse()];
  // A fold without a death tells nothing of its left-out patients.
  const folds = [...new Set(Array.from(foldOf))].filter((fold) =>
    all.some((i) => foldOf[i] === fold && events[i] === 1),
  );
  if (folds.length < 2) return { status: "too-few-deaths", patients, deaths };

  const everybody = select(timesDays, events, covariates, width, all);
  const scored: { readonly leftOutDeaths: number; readonly deviances: number[] }[] = [];
  for (const fold of folds) {
    const rows = all.filter((i) => foldOf[i] !== fold);
    const training = select(timesDays, events, covariates, width, rows);
    const fit = fitRegularisedCox(training.timesDays, training.events, training.covariates, width, {
      ...options,
      penalties: path.penalties,
    });
    const leftOutDeaths = deaths - training.events.reduce((sum, event) => sum + event, 0);
    // Without an informative covariate every penalty leaves the null model.
    const coefficients =
      fit.status === "fitted" ? fit.coefficients : path.coefficients.map(() => new Float64Array(width));
    const deviances = coefficients.map(
      (beta) => (devianceOf(everybody, beta) - devianceOf(training, beta)) / leftOutDeaths,
    );
    scored.push({ leftOutDeaths, deviances });
  }
  const length = Math.min(...scored.map(({ deviances }) => deviances.length));
  const weightedMean = (values: readonly number[]): number =>
    values.reduce((sum, value, f) => sum + (value * scored[f]!.leftOutDeaths) / deaths, 0);
  const meanDeviance = Float64Array.from({ length }, (_, k) => weightedMean(scored.map((s) => s.deviances[k]!)));
  const standardError = meanDeviance.map((mean, k) =>
    Math.sqrt(weightedMean(scored.map((s) => (s.deviances[k]! - mean) ** 2)) / (scored.length - 1)),
  );
  const best = meanDeviance.indexOf(Math.min(...meanDeviance));
  const limit = meanDeviance[best]! + standardError[best]!;
  return {
    status: "fitted",
    path: {
      ...path,
      penalties: path.penalties.slice(0, length),
      coefficients: path.coefficients.slice(0, length),
      devianceRatios: path.devianceRatios.slice(0, length),
      complete: path.complete && length === path.penalties.length,
    },
    meanDeviance,
    standardError,
    best,
    oneStandardError: meanDeviance.findIndex((mean) => mean <= limit),
  };
}

/** Deals the deaths, then the censored, to the folds in random order, so that each has its share of both. */
function dealFolds(events: EventIndicators, deaths: number, folds: number, seed: number): Uint32Array {
  if (!(Number.isInteger(folds) && folds >= 2)) {
    throw osteonError("survival.option", { option: "folds", allowed: "a whole number of 2 or more" });
  }
  const shuffled = new RandomStream(seed, streamId("regularised-cox-folds")).permutation(events.length);
  const foldOf = new Uint32Array(events.length);
  const dealt = [...shuffled].sort((a, b) => events[b]! - events[a]!);
  dealt.forEach((row, position) => (foldOf[row] = position % Math.min(folds, deaths)));
  return foldOf;
}

/** Patients by time descending; covariates row-major. */
interface Selection {
  readonly timesDays: Float64Array;
  readonly events: Uint8Array;
  readonly covariates: Float64Array;
}

function devianceOf({ timesDays, events, covariates }: Selection, coefficients: Float64Array): number {
  const predictor = linearPredictor(covariates, coefficients, timesDays.length);
  const { logLikelihood } = differentiateByPredictor(timesDays, events, predictor);
  return 2 * (saturatedLogLikelihood(timesDays, events) - logLikelihood);
}

function select(
  timesDays: Float64Array,
  events: EventIndicators,
  covariates: Float64Array,
  width: number,
  rows: readonly number[],
): Selection {
  const picked = new Float64Array(rows.length * width);
  rows.forEach((row, i) => picked.set(covariates.subarray(row * width, (row + 1) * width), i * width));
  return {
    timesDays: Float64Array.from(rows, (row) => timesDays[row]!),
    events: Uint8Array.from(rows, (row) => events[row]!),
    covariates: picked,
  };
}
