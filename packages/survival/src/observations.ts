import { osteonError } from "@osteon/errors";

/** 1 died at the time beside it, 0 alive then (censored). */
export type EventIndicators = Int8Array | Uint8Array;

/**
 * Refuses what no estimator here can use: no patients, unequal lengths, a time that is negative or
 * not finite, an event that is neither 0 nor 1. Unknown values have to be left out by the caller,
 * because only the caller knows whether leaving them out is fair.
 *
 * @throws `survival.empty`, `survival.length`, `survival.value`
 */
export function assertObservations(analysis: string, timesDays: Float64Array, events: EventIndicators): void {
  if (timesDays.length === 0) throw osteonError("survival.empty", { analysis });
  assertLength("The event table", events.length, timesDays.length);
  const badTimes = countWhere(timesDays, (time) => !(time >= 0 && time < Infinity));
  if (badTimes > 0) {
    throw osteonError("survival.value", { field: "Survival time", count: badTimes, allowed: "days of 0 or more" });
  }
  const badEvents = countWhere(events, (event) => event !== 0 && event !== 1);
  if (badEvents > 0) throw osteonError("survival.value", { field: "Event", count: badEvents, allowed: "0 or 1" });
}

/** @throws `survival.length` */
export function assertLength(field: string, actual: number, expected: number): void {
  if (actual !== expected) throw osteonError("survival.length", { field, actual, expected });
}

/** @throws `survival.value` where a value is NaN or infinite */
export function assertFinite(field: string, values: ArrayLike<number>): void {
  const count = countWhere(values, (value) => !Number.isFinite(value));
  if (count > 0) throw osteonError("survival.value", { field, count, allowed: "finite numbers" });
}

/** Rows by time ascending; equal times keep the order of the rows. */
export function orderByTime(timesDays: Float64Array): Uint32Array {
  return Uint32Array.from(timesDays.keys()).sort((a, b) => timesDays[a]! - timesDays[b]! || a - b);
}

function countWhere(values: ArrayLike<number>, matches: (value: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (matches(values[i]!)) count++;
  return count;
}
