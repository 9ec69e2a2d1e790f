import { orderByTime, type EventIndicators } from "./observations.ts";

/**
 * Days at which a piecewise hazard may change: about equal numbers of deaths between them, never fewer
 * than `minimumEvents`, and never a day on which a patient died or was last seen. Ascending; empty
 * where one piece is all that the deaths allow.
 */
export function choosePieceBoundaries(
  timesDays: Float64Array,
  events: EventIndicators,
  minimumEvents: number,
  maximumPieces: number,
): number[] {
  const order = orderByTime(timesDays);
  const deathDays = Float64Array.from(order)
    .filter((row) => events[row] === 1)
    .map((row) => timesDays[row]!);
  const occupied = new Set(timesDays);
  const wanted = Math.min(maximumPieces, Math.floor(deathDays.length / minimumEvents));
  const boundaries: number[] = [];
  let since = 0;
  for (let i = 1; i < deathDays.length; i++) {
    since++;
    const pieces = boundaries.length + 1;
    const share = (deathDays.length * pieces) / wanted;
    const left = deathDays.length - i;
    if (pieces >= wanted || i < Math.floor(share) || since < minimumEvents || left < minimumEvents) continue;
    const day = freeDayBetween(deathDays[i - 1]!, deathDays[i]!, occupied);
    if (day === undefined) continue;
    boundaries.push(day);
    since = 0;
  }
  return boundaries;
}

/** The whole day, else the half day, nearest to the middle that is nobody's own and lies in between. */
function freeDayBetween(from: number, to: number, occupied: ReadonlySet<number>): number | undefined {
  const middle = Math.round((from + to) / 2);
  for (const offset of [0, 0.5]) {
    for (let distance = 0; distance <= to - from; distance++) {
      for (const day of [middle + offset + distance, middle - offset - distance]) {
        if (day > from && day < to && !occupied.has(day)) return day;
      }
    }
  }
  return undefined;
}
