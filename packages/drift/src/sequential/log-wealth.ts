import { logGamma } from "@osteon/numerics";
import { blockScores } from "../reference/block-scores.ts";

/** One way in which patients may have changed, and the part of the stake that is laid on it. */
interface Bet {
  readonly share: number;
  /** Shift in standard deviations. */
  readonly shift: number;
  /** Growth of the spread: the exponent of half the squared score. */
  readonly spread: number;
  /** Patients' worth of belief in it; undefined for as much as in the reference. */
  readonly belief?: number;
}

/** A stake is spread over shifts of either sign, wider and narrower spreads, and any other change. */
const bets: readonly Bet[] = [
  ...[0.5, 1, 1.6].flatMap((size, k) =>
    [-size, size].map((shift) => ({ share: [0.13, 0.14, 0.08][k]!, shift, spread: 0 })),
  ),
  { share: 0.05, shift: 0, spread: 0.4 },
  { share: 0.05, shift: 0, spread: -0.8 },
  { share: 0.2, shift: 0, spread: 0, belief: 20 },
];

/**
 * Logarithm of what a stake of 1 against "no drift" has come to after so many patients in each block: the chance of
 * the counts, patient by patient, if the population has changed, mixed over ways of changing, over their chance if it
 * has not, which is known whatever the population is (see {@link cutBlocks}). A test martingale, so that it ever
 * exceeds 1/α has a chance of at most α (Ville 1939).
 * Source: Vovk, Gammerman & Shafer 2005, ch. 7 (conformal test martingales); Ramdas, Grünwald, Vovk & Shafer 2023
 * (test martingales, mixtures); Fedorova et al. 2012.
 *
 * @param blocks the reference's, with patients counted before
 * @param counts patients counted since, in each block
 * @param scores of the blocks, by which shifts are meant
 */
export function logWealth(
  blocks: ArrayLike<number>,
  counts: ArrayLike<number>,
  scores: Float64Array = blockScores(blocks),
): number {
  const total = sum(blocks);
  const unchanged = logChance(blocks, counts);
  let most = -Infinity;
  const logs = bets.map(({ share, shift, spread, belief = total }) => {
    const tilted = Float64Array.from(scores, (z, b) => blocks[b]! * Math.exp(shift * z + (spread * z * z) / 2));
    const scale = belief / sum(tilted);
    const log =
      Math.log(share) +
      logChance(
        tilted.map((size) => size * scale),
        counts,
      ) -
      unchanged;
    most = Math.max(most, log);
    return log;
  });
  return most + Math.log(logs.reduce((all, log) => all + Math.exp(log - most), 0));
}

/**
 * Logarithm of the chance that patients in their order fall as they did: the next one into block b with a chance in
 * proportion to its size and the patients that are in it already (Pólya's urn, the Dirichlet-multinomial law).
 */
export function logChance(blocks: ArrayLike<number>, counts: ArrayLike<number>): number {
  let log = 0;
  for (let b = 0; b < blocks.length; b++) {
    if (counts[b]! > 0) log += logGamma(blocks[b]! + counts[b]!) - logGamma(blocks[b]!);
  }
  const total = sum(blocks);
  return log + logGamma(total) - logGamma(total + sum(counts));
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < values.length; k++) total += values[k]!;
  return total;
}
