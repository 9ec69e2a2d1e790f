import { regularisedIncompleteBeta } from "@osteon/numerics";

/**
 * Exact two-sided interval of a probability of which `count` of `total` were seen.
 * Source: Clopper & Pearson 1934, by bisection on the beta distribution.
 */
export function binomialInterval(count: number, total: number, level = 0.95): readonly [number, number] {
  const tail = (1 - level) / 2;
  const lower = count === 0 ? 0 : betaQuantile(tail, count, total - count + 1);
  const upper = count === total ? 1 : betaQuantile(1 - tail, count + 1, total - count);
  return [lower, upper];
}

function betaQuantile(probability: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (regularisedIncompleteBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
