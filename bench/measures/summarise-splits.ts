import type { SplitMeasurement } from "./family-splits.ts";

/** Mean over splits and its standard error; null where no split has a value. */
export interface SplitSummary {
  readonly mean: number;
  readonly standardError: number;
}

/** What is looked at in a split. */
export type Reading = (measurement: SplitMeasurement) => number | null;

/** A reading's mean over the splits, whose parts overlap: the error is a hint, not a bound. */
export function summariseSplits(measurements: readonly SplitMeasurement[], read: Reading): SplitSummary | null {
  const values = measurements.map(read).filter((value) => value !== null);
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return { mean, standardError: Math.sqrt(variance / values.length) };
}

/** `0.71 ± 0.02`, or a dash. */
export function formatSummary(summary: SplitSummary | null, digits = 2): string {
  return summary ? `${summary.mean.toFixed(digits)} ± ${summary.standardError.toFixed(digits)}` : "–";
}
