import type { DriftGroupName } from "@osteon/contracts";
import { detectableMeanShift, detectableShareShift } from "../statistics/detectable-shift.ts";
import type { DriftVariable, Labels } from "./drift-variable.ts";

/** A variable of more values is cut at its pooled deciles for PSI; one of fewer is taken value by value. */
const mostCategories = 10;

/** Pooled values in order, equal ones as one run. */
interface Runs {
  /** Pooled row of each known value, ascending by value. */
  readonly order: Uint32Array;
  /** Where each run ends in `order`. */
  readonly ends: Uint32Array;
  /** From each run's value to the next one's, in pooled standard deviations; 0 after the last. */
  readonly gaps: Float64Array;
  /** PSI's bin of each run. */
  readonly bins: Uint32Array;
  readonly binCount: number;
  readonly deviation: number;
}

/**
 * A variable compared by its distribution: population stability index, Kolmogorov and Smirnov's and
 * Wasserstein's distance, all in one pass over the pooled order.
 *
 * PSI = Σ (p − q) ln(p / q) over bins, half a patient added to each bin so that an empty one counts finitely.
 * Source: Siddiqi 2006; Yurdakul & Naranjo 2020 for its law without drift, whose mean is about
 * (bins − 1)(1/n + 1/m) and far over 0.1 in small cohorts.
 *
 * @param values one a pooled patient, NaN where unknown
 * @returns undefined where the variable does not vary
 */
export function createDistributionVariable(
  name: string,
  group: DriftGroupName,
  values: Float64Array,
): DriftVariable | undefined {
  const runs = findRuns(values);
  if (runs.ends.length < 2) return undefined;
  const isBinary = runs.ends.length === 2 && values.every((value) => Number.isNaN(value) || value === 0 || value === 1);
  const count = (labels: Labels) => countKnown(runs.order, labels);
  const difference = (labels: Labels) => {
    const { reference, current } = count(labels);
    if (reference === 0 || current === 0) return null;
    const sums = [0, 0];
    for (const row of runs.order) sums[labels[row]!]! += values[row]!;
    const raw = sums[1]! / current - sums[0]! / reference;
    return isBinary ? raw : raw / runs.deviation;
  };
  return {
    name,
    group,
    unit: isBinary ? "share" : "SD",
    statistics: ["PSI", "KS", "Wasserstein"],
    compute: createPass(runs),
    count,
    difference,
    detectable: (labels, pValue) => {
      const { reference, current } = count(labels);
      if (reference === 0 || current === 0) return null;
      if (!isBinary) return detectableMeanShift(reference, current, pValue);
      let positive = 0;
      for (const row of runs.order) if (labels[row] === 0) positive += values[row]!;
      return detectableShareShift(positive / reference, reference, current, pValue);
    },
  };
}

function createPass(runs: Runs): DriftVariable["compute"] {
  const { order, ends, gaps, bins, binCount } = runs;
  const currentInBin = new Float64Array(binCount);
  const inBin = new Float64Array(binCount);
  let start = 0;
  ends.forEach((end, run) => {
    inBin[bins[run]!]! += end - start;
    start = end;
  });
  const seenBy = new Float64Array(ends.length);
  return (labels, into) => {
    let seen = 0;
    let at = 0;
    for (let run = 0; run < ends.length; run++) {
      for (const end = ends[run]!; at < end; at++) seen += labels[order[at]!]!;
      seenBy[run] = seen;
    }
    const current = seen;
    const reference = order.length - current;
    if (reference === 0 || current === 0) {
      into.fill(0);
      return;
    }
    const perCurrent = 1 / current;
    const perReference = 1 / reference;
    let largest = 0;
    let area = 0;
    let before = 0;
    currentInBin.fill(0);
    for (let run = 0; run < ends.length; run++) {
      const upTo = seenBy[run]!;
      currentInBin[bins[run]!]! += upTo - before;
      before = upTo;
      const gap = Math.abs(upTo * perCurrent - (ends[run]! - upTo) * perReference);
      if (gap > largest) largest = gap;
      area += gap * gaps[run]!;
    }
    into[0] = stabilityIndex(currentInBin, inBin, current, reference);
    into[1] = largest;
    into[2] = area;
  };
}

function stabilityIndex(currentInBin: Float64Array, inBin: Float64Array, current: number, reference: number): number {
  const bins = inBin.length;
  let index = 0;
  for (let b = 0; b < bins; b++) {
    const p = (currentInBin[b]! + 0.5) / (current + bins / 2);
    const q = (inBin[b]! - currentInBin[b]! + 0.5) / (reference + bins / 2);
    index += (p - q) * Math.log(p / q);
  }
  return index;
}

function countKnown(rows: Uint32Array, labels: Labels): { reference: number; current: number } {
  let current = 0;
  for (let k = 0; k < rows.length; k++) current += labels[rows[k]!]!;
  return { reference: rows.length - current, current };
}

function findRuns(values: Float64Array): Runs {
  const order = Uint32Array.from(values.keys())
    .filter((row) => !Number.isNaN(values[row]!))
    .sort((a, b) => values[a]! - values[b]!);
  const deviation = deviationOf(order, values);
  const ends: number[] = [];
  const gaps: number[] = [];
  for (let k = 1; k <= order.length; k++) {
    const gap = k === order.length ? 0 : values[order[k]!]! - values[order[k - 1]!]!;
    if (gap === 0 && k < order.length) continue;
    ends.push(k);
    gaps.push(gap / deviation);
  }
  const isCut = ends.length > mostCategories;
  const deciles = ends.map((_, run) => Math.floor((mostCategories * (ends[run - 1] ?? 0)) / order.length));
  // Runs that straddle a decile leave bins out: those that are there are numbered on.
  const used = [...new Set(deciles)];
  const bins = Uint32Array.from(ends, (_, run) => (isCut ? used.indexOf(deciles[run]!) : run));
  return {
    order,
    ends: Uint32Array.from(ends),
    gaps: Float64Array.from(gaps),
    bins,
    binCount: isCut ? used.length : ends.length,
    deviation,
  };
}

function deviationOf(rows: Uint32Array, values: Float64Array): number {
  let mean = 0;
  for (const row of rows) mean += values[row]! / rows.length;
  let squares = 0;
  for (const row of rows) squares += (values[row]! - mean) ** 2;
  return Math.sqrt(squares / Math.max(1, rows.length - 1)) || 1;
}
