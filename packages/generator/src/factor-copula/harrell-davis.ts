import { regularisedIncompleteBeta } from "@osteon/numerics";

/** Weights of the order statistics `start`, `start + 1`, … of a sample. */
export interface OrderWeights {
  readonly start: number;
  readonly values: Float64Array;
}

/**
 * Weights of n order statistics that estimate the quantile at p; those under 1e-9 at either end are left out.
 * Source: Harrell & Davis, Biometrika 1982.
 */
export function harrellDavisWeights(n: number, p: number): OrderWeights {
  const a = p * (n + 1);
  const b = (1 - p) * (n + 1);
  const all = new Float64Array(n);
  let before = 0;
  for (let i = 0; i < n; i++) {
    const upTo = regularisedIncompleteBeta((i + 1) / n, a, b);
    all[i] = upTo - before;
    before = upTo;
  }
  let start = 0;
  let end = n;
  while (start < n - 1 && all[start]! < 1e-9) start++;
  while (end > start + 1 && all[end - 1]! < 1e-9) end--;
  return { start, values: all.slice(start, end) };
}

/** Weighted mean of the order statistics of `sorted`, ascending. */
export function weightedSum(sorted: Float64Array, { start, values }: OrderWeights): number {
  // From the smallest on, so that equal values give just that value.
  const base = sorted[start]!;
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]! * (sorted[start + i]! - base);
    total += values[i]!;
  }
  return base + sum / total;
}
