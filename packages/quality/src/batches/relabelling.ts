import { RandomStream, streamId } from "@osteon/numerics";
import type { SharePermuted } from "./batch-report.ts";

/** Shufflings of the patients: p-values down to 0.001, and 0.05 known to 0.007. */
export const permutations = 999;

const stream = streamId("quality/batches");

/** An order of so many patients; the same for the same number and index. */
export function drawOrder(patients: number, index: number): Uint32Array {
  return new RandomStream(0, stream, index).permutation(patients);
}

/** A share beside those of shuffled patients, exact at any number of them. Source: Phipson & Smyth 2010. */
export function compareWithNull(share: number, nulls: Float64Array): SharePermuted {
  const sorted = nulls.toSorted();
  // Sums in another order differ in their last digits and are ties.
  const reached = sorted.filter((value) => value >= share - 1e-12).length;
  return {
    share: round(share),
    nullMean: round(sorted.reduce((sum, value) => sum + value, 0) / sorted.length),
    nullUpper: round(sorted[Math.ceil(0.95 * sorted.length) - 1]!),
    pValue: (1 + reached) / (1 + sorted.length),
  };
}

/** Four digits after the point, more than so many shufflings tell. */
export function round(share: number): number {
  return Math.round(share * 1e4) / 1e4;
}
