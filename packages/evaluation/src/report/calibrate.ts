import { mean, sampleVariance } from "@osteon/numerics";
import type { Metric, MetricValue } from "../metrics/metric.ts";
import { repeatShare, type RepeatedValues } from "./measure-repeats.ts";
import type { CalibratedValue, Estimate } from "./validation-report.ts";

/**
 * Variance of an estimate on all patients over that among subsets of a share of them (delete-d jackknife;
 * Shao and Wu 1989): subsets overlap, and so vary less than fresh patients would.
 */
const jackknifeFactor = repeatShare / (1 - repeatShare);

/** Mean over the repeats that have a value; null where fewer than half do. */
export function estimate(values: readonly MetricValue[]): Estimate {
  const known = values.flatMap(({ value }) => value ?? []);
  if (known.length * 2 < values.length || known.length === 0) {
    const reason = values.find((value) => value.value === null);
    return {
      value: null,
      standardError: null,
      reason: reason !== undefined && "reason" in reason ? reason.reason : "no repeat has a value",
    };
  }
  return { value: mean(known), standardError: known.length < 2 ? null : jackknifeError(known) };
}

/** A calibration with what a reading and a composite of several need. */
export interface Calibration {
  readonly result: CalibratedValue;
  /** Calibrated values of the synthetic file and of fresh real patients, by repeat; empty if not informative. */
  readonly synthetic: readonly number[];
  readonly freshReal: readonly number[];
  /** Synthetic against fresh real patients, by more than two standard errors. */
  readonly againstReal: "worse" | "alike" | "better";
  /** Whether a photocopy is better than fresh real patients too. */
  readonly photocopyBetter: boolean;
}

/**
 * (synthetic − floor) / (fresh real − floor), in the direction in which the metric is better. Not
 * informative where fresh real patients are not above the floor by two standard errors. A metric that
 * real patients have and the synthetic file has not counts 0.
 *
 * Standard errors: of fresh real patients by the jackknife, as there is one such cohort; of the floor and
 * the photocopy, drawn anew in each repeat, of their mean; of the synthetic file, of one file of the
 * size compared.
 */
export function calibrate(metric: Metric, repeated: RepeatedValues): Calibration {
  const merits = (values: readonly MetricValue[]) =>
    values.flatMap(({ value }) => (value === null ? [] : merit(metric, value)));
  const synthetic = merits(repeated.synthetic);
  const real = merits(repeated.freshReal);
  const floor = merits(repeated.floor);
  const photocopy = merits(repeated.photocopy);
  const hasReal = estimate(repeated.freshReal).value !== null && real.length >= 2;
  const hasSynthetic = estimate(repeated.synthetic).value !== null && synthetic.length >= 2;
  const comparisons = {
    againstReal:
      hasReal && hasSynthetic ? compareWithReal(synthetic, sampleVariance(synthetic), real) : ("alike" as const),
    photocopyBetter:
      hasReal && photocopy.length >= 2 && compareWithReal(photocopy, varianceOfMean(photocopy), real) === "better",
  };
  const none = (reason: string): Calibration => ({
    result: { informative: false, value: null, lower: null, upper: null, reason },
    synthetic: [],
    freshReal: [],
    ...comparisons,
  });
  if (!hasReal) return none("it cannot be computed among real patients of this number");
  if (floor.length < 2) return none("the floor has no value");
  if (compareWithReal(floor, varianceOfMean(floor), real) !== "worse") {
    return none("fresh real patients and the floor cannot be told apart at this number of patients");
  }
  const bottom = mean(floor);
  const width = mean(real) - bottom;
  const place = (value: number): number => (value - bottom) / width;
  const freshReal = real.map(place);
  if (!hasSynthetic) {
    const reason = "it cannot be computed on the synthetic file, though on real patients it can: counted as the floor";
    return {
      result: { informative: true, value: 0, lower: 0, upper: 0, reason },
      synthetic: freshReal.map(() => 0),
      freshReal,
      ...comparisons,
    };
  }
  const value = place(mean(synthetic));
  const error = Math.sqrt(
    sampleVariance(synthetic) / width ** 2 +
      value ** 2 * jackknifeError(freshReal) ** 2 +
      ((1 - value) ** 2 * varianceOfMean(floor)) / width ** 2,
  );
  return {
    result: { informative: true, value, lower: value - 2 * error, upper: value + 2 * error },
    synthetic: synthetic.map(place),
    freshReal,
    ...comparisons,
  };
}

/** Standard error of a statistic on all patients from its values in the repeats. */
export function jackknifeError(values: readonly number[]): number {
  return Math.sqrt(jackknifeFactor * sampleVariance(values));
}

function varianceOfMean(values: readonly number[]): number {
  return sampleVariance(values) / values.length;
}

/** Larger is better, whatever the metric's own direction. */
export function merit(metric: Metric, value: number): number {
  if (metric.better === "higher") return value;
  if (metric.better === "lower") return -value;
  return -Math.abs(value - metric.better);
}

function compareWithReal(
  values: readonly number[],
  valuesVariance: number,
  real: readonly number[],
): "worse" | "alike" | "better" {
  const difference = mean(values) - mean(real);
  const noise = 2 * Math.sqrt(valuesVariance + jackknifeError(real) ** 2);
  // The least difference keeps two constants that differ by rounding alike.
  if (Math.abs(difference) <= Math.max(noise, 1e-9)) return "alike";
  return difference > 0 ? "better" : "worse";
}
