import { osteonError } from "@osteon/errors";
import { choosePieceBoundaries } from "./piece-boundaries.ts";
import { assertObservations, type EventIndicators } from "./observations.ts";

/**
 * A hazard that is constant between knots: `hazards[k]` deaths a day from `knotsDays[k]` to the next
 * knot, the last one without end. `knotsDays[0]` is 0. Two plain arrays, so that it can be stored.
 */
export interface PiecewiseExponential {
  readonly knotsDays: Float64Array;
  readonly hazards: Float64Array;
}

export interface PiecewiseExponentialOptions {
  /** No piece is estimated from fewer deaths, unless there is only one piece; default 5. */
  readonly minimumEventsPerPiece?: number;
  /** Default 20: with many deaths the pieces hold more of them instead of growing in number. */
  readonly maximumPieces?: number;
}

/** Deaths taken when none was seen: the posterior mean under Jeffreys' prior on a Poisson rate. */
const deathsWhenNoneSeen = 0.5;

/**
 * Fits a piecewise-constant hazard: deaths over days lived in each piece, the maximum-likelihood
 * estimate. Boundaries lie between deaths and never on a patient's own time, so that the fit gives no
 * single time away. Without a death the hazard is half a death over the days followed.
 * Source: Friedman 1982.
 *
 * @throws `survival.empty`, `survival.length`, `survival.value`, `survival.option`
 */
export function fitPiecewiseExponential(
  timesDays: Float64Array,
  events: EventIndicators,
  options: PiecewiseExponentialOptions = {},
): PiecewiseExponential {
  assertObservations("A piecewise exponential fit", timesDays, events);
  const minimumEvents = atLeastOne("minimumEventsPerPiece", options.minimumEventsPerPiece ?? 5);
  const maximumPieces = atLeastOne("maximumPieces", options.maximumPieces ?? 20);
  const knotsDays = Float64Array.of(0, ...choosePieceBoundaries(timesDays, events, minimumEvents, maximumPieces));
  const deaths = new Float64Array(knotsDays.length);
  const daysLived = new Float64Array(knotsDays.length);
  for (let i = 0; i < timesDays.length; i++) {
    const last = pieceAt(knotsDays, timesDays[i]!);
    deaths[last]! += events[i]!;
    for (let k = 0; k <= last; k++) {
      daysLived[k]! += (k === last ? timesDays[i]! : knotsDays[k + 1]!) - knotsDays[k]!;
    }
  }
  // A cohort whose times are all 0 has lived no day; a time of 0 means somewhere within the first one.
  const hazards = deaths.map(
    (count, k) => (count > 0 ? count : deathsWhenNoneSeen) / (daysLived[k]! > 0 ? daysLived[k]! : timesDays.length / 2),
  );
  return { knotsDays, hazards };
}

/** H(t), the integral of the hazard from 0 to t days; 0 for t ≤ 0. */
export function cumulativeHazard(fit: PiecewiseExponential, timeDays: number): number {
  const { knotsDays, hazards } = fit;
  let sum = 0;
  for (let k = 0; k < knotsDays.length && knotsDays[k]! < timeDays; k++) {
    const end = k + 1 < knotsDays.length ? Math.min(timeDays, knotsDays[k + 1]!) : timeDays;
    sum += hazards[k]! * (end - knotsDays[k]!);
  }
  return sum;
}

/** S(t) = exp(−H(t)), the probability of living past t days. */
export function survivalProbability(fit: PiecewiseExponential, timeDays: number): number {
  return Math.exp(-cumulativeHazard(fit, timeDays));
}

/** Deaths a day at t days. */
export function hazardRate(fit: PiecewiseExponential, timeDays: number): number {
  return fit.hazards[pieceAt(fit.knotsDays, timeDays)]!;
}

/**
 * The day t at which S(t) equals `survival`, the inverse of {@link survivalProbability}; the last
 * hazard goes on beyond the follow-up, so the answer is finite for every probability above 0.
 *
 * @throws `survival.option` unless 0 < survival ≤ 1
 */
export function survivalQuantile(fit: PiecewiseExponential, survival: number): number {
  if (!(survival > 0 && survival <= 1)) {
    throw osteonError("survival.option", { option: "survival", allowed: "above 0 and at most 1" });
  }
  const { knotsDays, hazards } = fit;
  let remaining = -Math.log(survival);
  for (let k = 0; k + 1 < knotsDays.length; k++) {
    const width = knotsDays[k + 1]! - knotsDays[k]!;
    if (remaining <= hazards[k]! * width) return knotsDays[k]! + remaining / hazards[k]!;
    remaining -= hazards[k]! * width;
  }
  return knotsDays.at(-1)! + remaining / hazards.at(-1)!;
}

function pieceAt(knotsDays: Float64Array, timeDays: number): number {
  let piece = knotsDays.length - 1;
  while (piece > 0 && knotsDays[piece]! >= timeDays) piece--;
  return piece;
}

function atLeastOne(option: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw osteonError("survival.option", { option, allowed: "a whole number of 1 or more" });
}
