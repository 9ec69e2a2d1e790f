import type { KaplanMeierCurve } from "@osteon/survival";

/** Restricted mean survival: the area under a Kaplan–Meier curve up to the horizon, in days. Source: Irwin 1949. */
export function integrateSurvival(curve: KaplanMeierCurve, horizonDays: number): number {
  let area = 0;
  let since = 0;
  let survival = 1;
  for (let k = 0; k < curve.timesDays.length && curve.timesDays[k]! < horizonDays; k++) {
    area += survival * (curve.timesDays[k]! - since);
    since = curve.timesDays[k]!;
    survival = curve.survival[k]!;
  }
  return area + survival * (horizonDays - since);
}
