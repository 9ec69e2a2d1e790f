import { orderByTime, type EventIndicators } from "./observations.ts";

/** The comparable pairs that each patient is part of, and the pairs of deaths on one day in all. */
export interface PairCounts {
  readonly concordant: Float64Array;
  readonly discordant: Float64Array;
  readonly tiedRisk: Float64Array;
  readonly tiedTime: number;
  readonly tiedBoth: number;
}

/** Sorts every pair whose earlier time is a death by whether the higher risk died first; O(n log n). */
export function countPairs(
  timesDays: Float64Array,
  events: EventIndicators,
  riskScores: ArrayLike<number>,
): PairCounts {
  const n = timesDays.length;
  const distinct = [...new Set(Array.from(riskScores))].sort((a, b) => a - b);
  const rankOf = new Map(distinct.map((risk, rank) => [risk, rank]));
  const ranks = Uint32Array.from(riskScores, (risk) => rankOf.get(risk)!);
  const counts = { concordant: new Float64Array(n), discordant: new Float64Array(n), tiedRisk: new Float64Array(n) };
  const days = groupByDay(timesDays, events);

  // Backwards: the tree holds everybody known to outlive the day's deaths.
  const survivors = new CountTree(distinct.length);
  let tiedTime = 0;
  let tiedBoth = 0;
  for (const { died, censored } of days.toReversed()) {
    for (const row of censored) survivors.add(ranks[row]!);
    for (const row of died) {
      const { below, equal, above } = survivors.split(ranks[row]!);
      counts.concordant[row]! += below;
      counts.tiedRisk[row]! += equal;
      counts.discordant[row]! += above;
    }
    const sameRisk = countEqualPairs(died.map((row) => ranks[row]!));
    tiedBoth += sameRisk;
    tiedTime += (died.length * (died.length - 1)) / 2 - sameRisk;
    for (const row of died) survivors.add(ranks[row]!);
  }

  // Forwards, the same pairs from the other side: the tree holds the deaths that a patient outlived.
  const outlived = new CountTree(distinct.length);
  const addOutlived = (row: number): void => {
    const { below, equal, above } = outlived.split(ranks[row]!);
    counts.discordant[row]! += below;
    counts.tiedRisk[row]! += equal;
    counts.concordant[row]! += above;
  };
  for (const { died, censored } of days) {
    died.forEach(addOutlived);
    for (const row of died) outlived.add(ranks[row]!);
    censored.forEach(addOutlived);
  }
  return { ...counts, tiedTime, tiedBoth };
}

interface Day {
  readonly died: number[];
  readonly censored: number[];
}

/** Rows by day, ascending. */
function groupByDay(timesDays: Float64Array, events: EventIndicators): Day[] {
  const days: Day[] = [];
  let last = -1;
  for (const row of orderByTime(timesDays)) {
    if (timesDays[row] !== last) days.push({ died: [], censored: [] });
    last = timesDays[row]!;
    days.at(-1)![events[row] === 1 ? "died" : "censored"].push(row);
  }
  return days;
}

function countEqualPairs(ranks: readonly number[]): number {
  const seen = new Map<number, number>();
  let pairs = 0;
  for (const rank of ranks) {
    const before = seen.get(rank) ?? 0;
    pairs += before;
    seen.set(rank, before + 1);
  }
  return pairs;
}

/** Counts by rank with prefix sums in O(log n). Source: Fenwick 1994. */
class CountTree {
  #total = 0;
  readonly #sums: Uint32Array;

  constructor(size: number) {
    this.#sums = new Uint32Array(size + 1);
  }

  /** How many ranks are below, at and above this one. */
  split(rank: number): { readonly below: number; readonly equal: number; readonly above: number } {
    const below = this.#countBelow(rank);
    const notAbove = this.#countBelow(rank + 1);
    return { below, equal: notAbove - below, above: this.#total - notAbove };
  }

  add(rank: number): void {
    this.#total++;
    for (let i = rank + 1; i < this.#sums.length; i += i & -i) this.#sums[i]!++;
  }

  #countBelow(rank: number): number {
    let count = 0;
    for (let i = rank; i > 0; i -= i & -i) count += this.#sums[i]!;
    return count;
  }
}
