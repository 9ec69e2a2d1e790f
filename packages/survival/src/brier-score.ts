import { osteonError } from "@osteon/errors";
import { estimateKaplanMeier } from "./kaplan-meier.ts";
import { assertLength, assertObservations, type EventIndicators } from "./observations.ts";

/**
 * Mean squared error of predicted survival at a horizon, each patient weighted by the inverse probability of not
 * being censored before the time that settles their outcome. 0.25 is what a constant 0.5 gets. Undefined where
 * nobody could be followed to the horizon. Source: Graf et al. 1999; as R's pec with its marginal censoring model.
 *
 * @param survivalAtHorizon the predicted probability of each patient to live past the horizon
 * @throws `survival.empty`, `survival.length`, `survival.value`, `survival.option`
 */
export function computeBrierScore(
  timesDays: Float64Array,
  events: EventIndicators,
  survivalAtHorizon: ArrayLike<number>,
  horizonDays: number,
): number | undefined {
  assertObservations("A Brier score", timesDays, events);
  assertHorizon(horizonDays);
  assertPredictions(survivalAtHorizon, timesDays.length);
  const uncensored = uncensoredCurve(timesDays, events);
  const atHorizon = uncensored.through(horizonDays);
  if (atHorizon === 0) return undefined;
  let sum = 0;
  for (let i = 0; i < timesDays.length; i++) {
    const predicted = survivalAtHorizon[i]!;
    if (timesDays[i]! > horizonDays) sum += (1 - predicted) ** 2 / atHorizon;
    else if (events[i] === 1) sum += predicted ** 2 / uncensored.before(timesDays[i]!);
  }
  return sum / timesDays.length;
}

/**
 * The Brier score averaged over a stretch of follow-up, by the trapezoid rule on the given days; undefined where
 * the score is at one of them.
 *
 * @param daysAsked two or more days, ascending
 * @param survival predicted survival, row-major, patients × days
 * @throws as {@link computeBrierScore}
 */
export function integrateBrierScore(
  timesDays: Float64Array,
  events: EventIndicators,
  survival: Float64Array,
  daysAsked: ArrayLike<number>,
): number | undefined {
  const days = Array.from(daysAsked);
  if (days.length < 2 || days.some((day, i) => i > 0 && !(day > days[i - 1]!))) {
    throw osteonError("survival.option", { option: "daysAsked", allowed: "two or more days, ascending" });
  }
  assertLength("The table of predicted survival", survival.length, timesDays.length * days.length);
  let area = 0;
  let previous = 0;
  for (const [k, day] of days.entries()) {
    const column = Float64Array.from(timesDays, (_, i) => survival[i * days.length + k]!);
    const score = computeBrierScore(timesDays, events, column, day);
    if (score === undefined) return undefined;
    if (k > 0) area += ((score + previous) / 2) * (day - days[k - 1]!);
    previous = score;
  }
  return area / (days.at(-1)! - days[0]!);
}

/** The probability of not being censored; a death on a day comes before the censorings of that day. */
function uncensoredCurve(timesDays: Float64Array, events: EventIndicators) {
  const curve = estimateKaplanMeier(timesDays, events);
  const before = new Map<number, number>();
  const steps = new Float64Array(curve.timesDays.length);
  let probability = 1;
  curve.timesDays.forEach((time, k) => {
    before.set(time, probability);
    const exposed = curve.atRisk[k]! - curve.deaths[k]!;
    if (exposed > 0) probability *= 1 - curve.censored[k]! / exposed;
    steps[k] = probability;
  });
  return {
    before: (time: number): number => before.get(time)!,
    through: (day: number): number => {
      const next = curve.timesDays.findIndex((time) => time > day);
      return next === 0 ? 1 : steps.at(next < 0 ? -1 : next - 1)!;
    },
  };
}

function assertHorizon(horizonDays: number): void {
  if (horizonDays >= 0 && horizonDays < Infinity) return;
  throw osteonError("survival.option", { option: "horizonDays", allowed: "a finite number of 0 or more" });
}

function assertPredictions(survival: ArrayLike<number>, patients: number): void {
  const field = "The table of predicted survival";
  assertLength(field, survival.length, patients);
  const count = Array.from(survival).filter((value) => !(value >= 0 && value <= 1)).length;
  if (count > 0) throw osteonError("survival.value", { field, count, allowed: "probabilities" });
}
