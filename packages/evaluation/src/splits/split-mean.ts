import { mean, sampleVariance, studentQuantile } from "@osteon/numerics";
import type { Estimate } from "../report/validation-report.ts";
import type { MetricValue } from "../metrics/metric.ts";

/** What the variance of a mean over repeated splits depends on. */
export interface SplitDesign {
  readonly splits: number;
  readonly trainPatients: number;
  readonly holdOutPatients: number;
}

/** A mean over splits, its standard error, and the degrees of freedom that this has. */
export interface SplitMean {
  readonly mean: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/**
 * Mean of one value a split. Splits of one cohort overlap, so that their values vary less than those of fresh cohorts
 * would: the variance is (1/R + n₂/n₁) s², with n₁ patients to train and n₂ held out, on R − 1 degrees of freedom.
 * The corrected resampled t of Nadeau and Bengio 2003 (Machine Learning 52:239). A jackknife over groups of patients
 * would need models fitted without each group, beside those of the splits.
 *
 * @param values one for each split that has one, at least 2
 */
export function averageOverSplits(values: readonly number[], design: SplitDesign): SplitMean {
  const correction = 1 / values.length + design.holdOutPatients / design.trainPatients;
  return {
    mean: mean(values),
    standardError: Math.sqrt(correction * sampleVariance(values)),
    degreesOfFreedom: values.length - 1,
  };
}

/** Half of a two-sided interval of a mean, at 95 % unless told. */
export function halfInterval({ standardError, degreesOfFreedom }: SplitMean, coverage = 0.95): number {
  return studentQuantile((1 + coverage) / 2, degreesOfFreedom) * standardError;
}

/** Mean over the splits that have a value; null where fewer than half do, or only one. */
export function estimateOverSplits(values: readonly MetricValue[], design: SplitDesign): Estimate {
  const known = values.flatMap(({ value }) => value ?? []);
  if (known.length >= 2 && 2 * known.length >= values.length) {
    const average = averageOverSplits(known, design);
    return { value: average.mean, standardError: average.standardError };
  }
  const missing = values.find(({ value }) => value === null);
  const reason = missing && "reason" in missing ? missing.reason : "fewer than two splits could be compared";
  return { value: null, standardError: null, reason };
}
