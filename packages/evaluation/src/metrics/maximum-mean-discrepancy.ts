import { computeGaussianKernel, createDiscrepancy, type RandomStream } from "@osteon/numerics";
import type { Comparison } from "../input/comparison.ts";
import { computed, leastDifference, missing, type Metric } from "./metric.ts";

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
  // A square.
  leastDifference: leastDifference ** 2,
  compute: (comparison) => {
    if (!isMeasured(comparison)) return missing("a side has fewer than 2 patients with expression");
    const discrepancy = discrepancyOf(comparison);
    return computed(discrepancy(firstRows(comparison.placedCount, comparison.placedReferences)));
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
  const discrepancyOfLabels = discrepancyOf(comparison);
  const discrepancy = discrepancyOfLabels(firstRows(n, comparison.placedReferences));
  let exceedances = 0;
  for (let k = 0; k < permutations; k++) {
    const isReference = new Uint8Array(n);
    for (const row of random.permutation(n).subarray(0, comparison.placedReferences)) isReference[row] = 1;
    // The slack lets an equal split count as equal whatever the order of its sums.
    if (discrepancyOfLabels(isReference) >= discrepancy - 1e-12) exceedances++;
  }
  return { discrepancy, pValue: (1 + exceedances) / (1 + permutations), permutations };
}

function isMeasured(comparison: Comparison): boolean {
  const { hasExpression, placedReferences, placedCount } = comparison;
  return hasExpression && placedReferences >= 2 && placedCount - placedReferences >= 2;
}

function discrepancyOf({ squaredDistances, placedCount }: Comparison) {
  return createDiscrepancy(computeGaussianKernel(squaredDistances, placedCount), placedCount);
}

function firstRows(n: number, count: number): Uint8Array {
  return new Uint8Array(n).fill(1, 0, count);
}
