import type { Comparison } from "../input/comparison.ts";

/** A metric's value, or null and why there is none. Never NaN. */
export type MetricValue = { readonly value: number } | { readonly value: null; readonly reason: string };

/** What a metric speaks of. Only `biology` enters the calibrated biological score. */
export type MetricGroup = "biology" | "distribution" | "survival" | "condition" | "seed";

/** One measure of a candidate file against held-out real patients. */
export interface Metric {
  /** In snake case, as in the seed system's reports. */
  readonly name: string;
  /** What it says, in a few words. */
  readonly title: string;
  readonly group: MetricGroup;
  readonly unit: string;
  /** Which way is better; a number where the value should be that one. */
  readonly better: "higher" | "lower" | number;
  /** Where that of all metrics does not fit: see {@link leastDifference}. */
  readonly leastDifference?: number;
  compute(comparison: Comparison): MetricValue;
}

/**
 * A smaller difference between fresh real patients and the floor, in the metric's unit, is no scale to read a file on.
 * Where independent marginals have something right, such as frequencies, many patients would make a scale of their
 * sampling error.
 */
export const leastDifference = 0.02;

export function computed(value: number): MetricValue {
  return Number.isFinite(value) ? { value } : missing("the arithmetic has no finite result");
}

export function missing(reason: string): MetricValue {
  return { value: null, reason };
}

/** A correlation, or why it does not exist. */
export function computedCorrelation(value: number | null, over: string): MetricValue {
  return value === null ? missing(`fewer than 3 ${over}, or they do not vary`) : computed(value);
}
