import { mean, type RandomStream } from "@osteon/numerics";
import type { Comparison } from "../input/comparison.ts";
import { computed, missing, type Metric } from "./metric.ts";

/**
 * Squared maximum mean discrepancy of scaled expression, unbiased, with the kernel
 * exp(−d² / (2σ²)), σ² the median squared distance of the pooled patients. About 0 for two samples of
 * one population, and as often below. Source: Gretton et al. 2012, JMLR 13:723.
 */
export const maximumMeanDiscrepancy: Metric = {
  name: "maximum_mean_discrepancy",
  title: "joint expression, kernel distance",
  group: "distribution",
  unit: "MMD²",
  better: "lower",
  compute: (comparison) => {
    if (!isMeasured(comparison)) return missing("a side has fewer than 2 patients with expression");
    const kernel = computeKernel(comparison.squaredDistances, comparison.placedCount);
    return computed(estimateFromKernel(kernel, identity(comparison.placedCount), comparison.placedReferences));
  },
};

/** Result of a permutation test: how often relabelled patients differ at least as much. */
export interface DiscrepancyTest {
  readonly discrepancy: number;
  /** (1 + exceedances) / (1 + permutations), never 0. */
  readonly pValue: number;
  readonly permutations: number;
}

/** Permutation test of {@link maximumMeanDiscrepancy}; null where a side has fewer than 2 patients with expression. */
export function testMaximumMeanDiscrepancy(
  comparison: Comparison,
  permutations: number,
  random: RandomStream,
): DiscrepancyTest | null {
  if (!isMeasured(comparison)) return null;
  const n = comparison.placedCount;
  const referenceCount = comparison.placedReferences;
  const kernel = computeKernel(comparison.squaredDistances, n);
  const discrepancy = estimateFromKernel(kernel, identity(n), referenceCount);
  let exceedances = 0;
  for (let k = 0; k < permutations; k++) {
    // The slack lets an equal split count as equal whatever the order of its sums.
    if (estimateFromKernel(kernel, random.permutation(n), referenceCount) >= discrepancy - 1e-12) exceedances++;
  }
  return { discrepancy, pValue: (1 + exceedances) / (1 + permutations), permutations };
}

function isMeasured(comparison: Comparison): boolean {
  const { hasExpression, placedReferences, placedCount } = comparison;
  return hasExpression && placedReferences >= 2 && placedCount - placedReferences >= 2;
}

function computeKernel(squaredDistances: Float64Array, n: number): Float64Array {
  const pairs = new Float64Array((n * (n - 1)) / 2);
  let pair = 0;
  for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) pairs[pair++] = squaredDistances[a * n + b]!;
  pairs.sort();
  const middle = pairs[Math.floor(pairs.length / 2)]!;
  // More than half of all pairs coincide: the mean still has a scale, unless every patient is the same.
  const scale = middle > 0 ? middle : mean(pairs) || 1;
  return squaredDistances.map((value) => Math.exp(-value / (2 * scale)));
}

/** The rows that `order` names first are the reference. Both sides need two patients. */
function estimateFromKernel(kernel: Float64Array, order: Uint32Array, referenceCount: number): number {
  const n = order.length;
  const isReference = new Uint8Array(n);
  for (let i = 0; i < referenceCount; i++) isReference[order[i]!] = 1;
  let within = 0;
  let withinOther = 0;
  let between = 0;
  for (let a = 0; a < n; a++) {
    let same = 0;
    let other = 0;
    const side = isReference[a]!;
    for (let b = a + 1; b < n; b++) {
      const value = kernel[a * n + b]!;
      if (isReference[b] === side) same += value;
      else other += value;
    }
    if (side === 1) within += same;
    else withinOther += same;
    between += other;
  }
  const m = referenceCount;
  const k = n - m;
  return (2 * within) / (m * (m - 1)) + (2 * withinOther) / (k * (k - 1)) - (2 * between) / (m * k);
}

function identity(n: number): Uint32Array {
  return Uint32Array.from({ length: n }, (_, i) => i);
}
