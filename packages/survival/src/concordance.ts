import { countPairs } from "./comparable-pairs.ts";
import { assertFinite, assertLength, assertObservations, type EventIndicators } from "./observations.ts";

/** Pairs of patients by how risk and survival agree; as survival::concordance counts them. */
export interface Concordance {
  /** (concordant + tiedRisk / 2) / (concordant + discordant + tiedRisk); undefined without such a pair. */
  readonly concordanceIndex: number | undefined;
  /** By the infinitesimal jackknife; undefined where the index is. Near 0 or 1 with few pairs it is too small. */
  readonly standardError: number | undefined;
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
  const { concordant, discordant, tiedRisk, tiedTime, tiedBoth } = countPairs(timesDays, events, riskScores);
  // Each pair was counted with both of its patients.
  const counts = {
    concordant: sum(concordant) / 2,
    discordant: sum(discordant) / 2,
    tiedRisk: sum(tiedRisk) / 2,
    tiedTime,
    tiedBoth,
  };
  const comparable = counts.concordant + counts.discordant + counts.tiedRisk;
  if (comparable === 0) return { concordanceIndex: undefined, standardError: undefined, ...counts };
  const concordanceIndex = (counts.concordant + counts.tiedRisk / 2) / comparable;
  let variance = 0;
  for (let i = 0; i < timesDays.length; i++) {
    const own = concordant[i]! + discordant[i]! + tiedRisk[i]!;
    // The derivative of the index with respect to the weight of patient i.
    variance += ((concordant[i]! + tiedRisk[i]! / 2 - concordanceIndex * own) / comparable) ** 2;
  }
  return { concordanceIndex, standardError: Math.sqrt(variance), ...counts };
}

function sum(counts: Float64Array): number {
  return counts.reduce((total, count) => total + count, 0);
}
