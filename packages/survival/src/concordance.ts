import { assertFinite, assertLength, assertObservations, orderByTime, type EventIndicators } from "./observations.ts";

/** Pairs of patients by how risk and survival agree; as survival::concordance counts them. */
export interface Concordance {
  /** (concordant + tiedRisk / 2) / (concordant + discordant + tiedRisk); undefined without such a pair. */
  readonly concordanceIndex: number | undefined;
  /** The patient at higher risk died first. */
  readonly concordant: number;
  readonly discordant: number;
  /** Equal risk, different times. */
  readonly tiedRisk: number;
  /** Died on the same day at different risk: not comparable. */
  readonly tiedTime: number;
  readonly tiedBoth: number;
}

/**
 * Harrell's C-index in O(n log n). A pair counts when the earlier time is a death; a patient censored
 * on the day of another's death outlived them. Source: Harrell et al. 1982; Therneau & Watson 2015.
 *
 * @param riskScores higher means an earlier death is expected; finite
 * @throws `survival.empty`, `survival.length`, `survival.value`
 */
export function computeConcordance(
  timesDays: Float64Array,
  events: EventIndicators,
  riskScores: ArrayLike<number>,
): Concordance {
  assertObservations("A concordance index", timesDays, events);
  assertLength("The risk table", riskScores.length, timesDays.length);
  assertFinite("The risk table", riskScores);
  const distinct = [...new Set(Array.from(riskScores))].sort((a, b) => a - b);
  const rankOf = new Map(distinct.map((risk, rank) => [risk, rank]));
  const survivors = new CountTree(distinct.length);
  const order = orderByTime(timesDays);
  let concordant = 0;
  let discordant = 0;
  let tiedRisk = 0;
  let tiedTime = 0;
  let tiedBoth = 0;
  // From the last day backwards: the tree holds everybody known to outlive the day's deaths.
  for (let end = order.length; end > 0;) {
    const time = timesDays[order[end - 1]!]!;
    let start = end;
    while (start > 0 && timesDays[order[start - 1]!] === time) start--;
    const deaths: number[] = [];
    for (let row = start; row < end; row++) {
      const rank = rankOf.get(riskScores[order[row]!]!)!;
      if (events[order[row]!] === 1) deaths.push(rank);
      else survivors.add(rank);
    }
    for (const rank of deaths) {
      const below = survivors.countBelow(rank);
      const equal = survivors.countBelow(rank + 1) - below;
      concordant += below;
      tiedRisk += equal;
      discordant += survivors.total - below - equal;
    }
    const sameRisk = countEqualPairs(deaths);
    tiedBoth += sameRisk;
    tiedTime += (deaths.length * (deaths.length - 1)) / 2 - sameRisk;
    for (const rank of deaths) survivors.add(rank);
    end = start;
  }
  const comparable = concordant + discordant + tiedRisk;
  return {
    concordanceIndex: comparable === 0 ? undefined : (concordant + tiedRisk / 2) / comparable,
    concordant,
    discordant,
    tiedRisk,
    tiedTime,
    tiedBoth,
  };
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
  total = 0;
  readonly #sums: Uint32Array;

  constructor(size: number) {
    this.#sums = new Uint32Array(size + 1);
  }

  add(rank: number): void {
    this.total++;
    for (let i = rank + 1; i < this.#sums.length; i += i & -i) this.#sums[i]!++;
  }

  countBelow(rank: number): number {
    let count = 0;
    for (let i = rank; i > 0; i -= i & -i) count += this.#sums[i]!;
    return count;
  }
}
