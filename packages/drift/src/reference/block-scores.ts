import type { ReferenceVariable } from "@osteon/contracts";
import { normalQuantile } from "@osteon/numerics";

/** Standard normal quantile of the middle of each block. */
export function blockScores(sizes: ArrayLike<number>): Float64Array {
  let total = 0;
  for (let b = 0; b < sizes.length; b++) total += sizes[b]!;
  let below = 0;
  return Float64Array.from(sizes, (size) => {
    const score = normalQuantile((below + size / 2) / total);
    below += size;
    return score;
  });
}

/**
 * The same, neighbours that lie between equal cut points having one score: their patients are no different. The first
 * and the last block may hold other values too, which only they would show.
 */
export function tiedBlockScores(sizes: ArrayLike<number>, cuts: ReferenceVariable["cuts"]): Float64Array {
  const scores = blockScores(sizes);
  let first = 1;
  while (first < cuts.length) {
    let last = first;
    const { value } = cuts[first - 1]!;
    while (last < cuts.length && cuts[last]!.value === value) last++;
    // Blocks first … last − 1 lie between equal cut points.
    let weight = 0;
    let sum = 0;
    for (let b = first; b < last; b++) {
      weight += sizes[b]!;
      sum += sizes[b]! * scores[b]!;
    }
    if (weight > 0) scores.fill(sum / weight, first, last);
    first = Math.max(last, first) + 1;
  }
  return scores;
}
