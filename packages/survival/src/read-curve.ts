import { osteonError } from "@osteon/errors";
import { estimateKaplanMeier, type KaplanMeierCurve } from "./kaplan-meier.ts";
import type { EventIndicators } from "./observations.ts";

/** S, or one of its bands, at each asked-for day; after the last follow-up the last value stands. */
export function readSurvivalAt(
  curve: KaplanMeierCurve,
  daysAsked: ArrayLike<number>,
  line: "survival" | "lower" | "upper" = "survival",
): Float64Array {
  const values = new Float64Array(daysAsked.length);
  for (let i = 0; i < daysAsked.length; i++) {
    const index = lastIndexAtOrBefore(curve.timesDays, daysAsked[i]!);
    values[i] = index < 0 ? 1 : curve[line][index]!;
  }
  return values;
}

export interface SurvivalQuantile {
  /** Undefined where the follow-up ends before so many have died. */
  readonly days: number | undefined;
  readonly lowerDays: number | undefined;
  readonly upperDays: number | undefined;
}

/**
 * The day by which the given fraction has died, with its interval from the band (Brookmeyer & Crowley
 * 1982). Where the curve runs exactly along 1 − fraction, the middle of that stretch, as R does.
 *
 * @throws `survival.option` for a fraction outside 0 … 1
 */
export function readQuantile(curve: KaplanMeierCurve, fractionDied: number): SurvivalQuantile {
  if (!(fractionDied > 0 && fractionDied < 1)) {
    throw osteonError("survival.option", { option: "fractionDied", allowed: "between 0 and 1" });
  }
  return {
    days: crossing(curve, curve.survival, 1 - fractionDied),
    lowerDays: crossing(curve, curve.lower, 1 - fractionDied),
    upperDays: crossing(curve, curve.upper, 1 - fractionDied),
  };
}

/**
 * Median follow-up in days by the reverse Kaplan–Meier method: censoring taken as the event, death as
 * its censoring. Undefined where fewer than half are censored that way. Source: Schemper & Smith 1996.
 */
export function estimateMedianFollowUp(timesDays: Float64Array, events: EventIndicators): number | undefined {
  const reversed = Int8Array.from(events, (event) => (event === 0 ? 1 : event === 1 ? 0 : event));
  return readQuantile(estimateKaplanMeier(timesDays, reversed), 0.5).days;
}

/** As R's quantile.survfit: the square root of the machine's precision. */
const tolerance = 1.5e-8;

function crossing(curve: KaplanMeierCurve, line: Float64Array, target: number): number | undefined {
  const first = line.findIndex((value) => value <= target + tolerance);
  if (first < 0) return undefined;
  const start = curve.timesDays[first]!;
  if (line[first]! < target - tolerance) return start;
  const next = line.findIndex((value, index) => index > first && value < target - tolerance);
  const end = next < 0 ? curve.timesDays.at(-1)! : curve.timesDays[next]!;
  return (start + end) / 2;
}

/** The last of the ascending times that is not after the day; −1 where all are. */
export function lastIndexAtOrBefore(times: Float64Array, day: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
