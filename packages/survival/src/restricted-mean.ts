import { osteonError } from "@osteon/errors";
import { normalSurvival } from "@osteon/numerics";
import type { KaplanMeierCurve } from "./kaplan-meier.ts";

/** Days lived on average within the horizon. */
export interface RestrictedMean {
  readonly horizonDays: number;
  readonly meanDays: number;
  readonly standardErrorDays: number;
}

/**
 * The area under a Kaplan–Meier curve up to a horizon; undefined where the follow-up ends before it with patients
 * still alive, since nothing is known of the rest. Source: Irwin 1949; Royston & Parmar 2013; variance as R's
 * survfit and survRM2 have it.
 *
 * @throws `survival.option` for a horizon that is not above 0
 */
export function estimateRestrictedMean(curve: KaplanMeierCurve, horizonDays: number): RestrictedMean | undefined {
  if (!(horizonDays > 0 && horizonDays < Infinity)) {
    throw osteonError("survival.option", { option: "horizonDays", allowed: "a finite number above 0" });
  }
  const { timesDays, survival, atRisk, deaths } = curve;
  if (timesDays.at(-1)! < horizonDays && survival.at(-1)! > 0) return undefined;
  let remaining = 0;
  let variance = 0;
  let until = horizonDays;
  for (let k = timesDays.length - 1; k >= 0; k--) {
    if (timesDays[k]! >= horizonDays) continue;
    remaining += survival[k]! * (until - timesDays[k]!);
    until = timesDays[k]!;
    const left = atRisk[k]! - deaths[k]!;
    if (left > 0) variance += (remaining ** 2 * deaths[k]!) / (atRisk[k]! * left);
  }
  return { horizonDays, meanDays: remaining + until, standardErrorDays: Math.sqrt(variance) };
}

export interface RestrictedMeanDifference {
  /** First less second. */
  readonly differenceDays: number;
  readonly standardErrorDays: number;
  /** Two-sided; 1 for equal means without a standard error, 0 for different ones. */
  readonly pValue: number;
}

/** Compares the restricted means of two independent groups at one horizon. Source: Uno et al. 2014. */
export function compareRestrictedMeans(first: RestrictedMean, second: RestrictedMean): RestrictedMeanDifference {
  if (first.horizonDays !== second.horizonDays) {
    throw osteonError("survival.option", { option: "horizonDays", allowed: "the same for both groups" });
  }
  const differenceDays = first.meanDays - second.meanDays;
  const standardErrorDays = Math.hypot(first.standardErrorDays, second.standardErrorDays);
  const z = differenceDays === 0 ? 0 : Math.abs(differenceDays) / standardErrorDays;
  return { differenceDays, standardErrorDays, pValue: 2 * normalSurvival(z) };
}
