import { mean, studentQuantile } from "@osteon/numerics";
import { leastDifference, type Metric, type MetricValue } from "../metrics/metric.ts";
import { merit } from "../report/calibrate.ts";
import type { CandidateRole } from "../report/measure-repeats.ts";
import type { CalibratedValue } from "../report/validation-report.ts";
import { averageOverSplits, halfInterval, type SplitDesign, type SplitMean } from "./split-mean.ts";

/** Values of one metric by role, one a split; those of one split met the same held-out patients. */
export type SplitValues = Readonly<Record<CandidateRole, readonly MetricValue[]>>;

/** A metric's calibration over the splits, with what a composite and the gate need of it. */
export interface SplitCalibration {
  readonly result: CalibratedValue;
  /** By split, linearised: their mean is the value, their spread its error. Empty if not informative. */
  readonly bySplit: readonly number[];
  /**
   * Nearer to the floor than to fresh real patients: the whole interval lies below ½. Of what is not informative: well
   * below the floor beyond doubt.
   */
  readonly lost: boolean;
  /** Better than fresh real patients beyond doubt, as a photocopy is. */
  readonly beyondReal: boolean;
}

/** One-sided, as of a 95 % interval: above it fresh real patients and the floor are told apart. */
const informativeLevel = 0.975;
/** Chance that any metric of an evaluation is called better than real by mistake (Bonferroni): that is an accusation. */
const familywiseError = 0.05;
/** Two constants that differ by rounding are alike. */
const roundingError = 1e-9;
/** So much worse than a floor that has it right is not the sampling error of a file. */
const clearlyWorse = 0.1;

/**
 * (synthetic − floor) / (fresh real − floor) of the means over the splits, in the direction in which the metric is
 * better. The interval is of the ratio, by its linearisation: what synthetic, floor and fresh real patients of a split
 * owe to the same held-out patients cancels.
 *
 * Not informative where fresh real patients are not above the floor by more than half a 95 % interval, or by too little. A metric that
 * real patients have and the synthetic file has not counts 0.
 *
 * @param comparisons how many metrics are judged together
 */
export function calibrateOverSplits(
  metric: Metric,
  values: SplitValues,
  design: SplitDesign,
  comparisons: number,
): SplitCalibration {
  const merits = (role: CandidateRole) =>
    values[role].map(({ value }) => (value === null ? null : merit(metric, value)));
  const synthetic = merits("synthetic");
  const real = merits("freshReal");
  const floor = merits("floor");
  const photocopy = merits("photocopy");
  const level = 1 - familywiseError / comparisons;
  const beyondReal =
    exceeds(pairwise(synthetic, real), design, level) && exceeds(pairwise(photocopy, real), design, level);
  const gaps = pairwise(real, floor);
  const none = (reason: string): SplitCalibration => ({
    result: { informative: false, value: null, lower: null, upper: null, reason },
    bySplit: [],
    lost: exceeds(pairwise(floor, synthetic), design, level, clearlyWorse),
    beyondReal,
  });
  if (!areEnough(gaps)) return none("it cannot be computed among real patients of this number");
  if (!exceeds(gaps, design, informativeLevel, metric.leastDifference ?? leastDifference)) {
    return none("fresh real patients and the floor cannot be told apart at this number of patients");
  }
  const gains = pairwise(synthetic, floor);
  if (!areEnough(gains)) {
    const reason = "it cannot be computed on the synthetic file, though on real patients it can: counted as the floor";
    const result = { informative: true, value: 0, lower: 0, upper: 0, reason };
    return { result, bySplit: gaps.map(() => 0), lost: true, beyondReal };
  }
  const both = gains.flatMap((gain, split) => {
    const gap = gaps[split] ?? null;
    return gain === null || gap === null ? [] : { split, gain, gap };
  });
  const width = mean(both.map(({ gap }) => gap));
  const value = mean(both.map(({ gain }) => gain)) / width;
  const bySplit = gaps.map(() => value);
  for (const { split, gain, gap } of both) bySplit[split] = value + (gain - value * gap) / width;
  const spread = averageOverSplits(
    both.map(({ split }) => bySplit[split]!),
    design,
  );
  const half = halfInterval(spread);
  return {
    result: { informative: true, value, lower: value - half, upper: value + half },
    bySplit,
    lost: value + half < 0.5,
    beyondReal,
  };
}

/** First − second by split; null where either has no value. */
function pairwise(first: readonly (number | null)[], second: readonly (number | null)[]): readonly (number | null)[] {
  return first.map((value, split) => {
    const other = second[split] ?? null;
    return value === null || other === null ? null : value - other;
  });
}

function areEnough(differences: readonly (number | null)[]): boolean {
  const known = differences.filter((difference) => difference !== null).length;
  return known >= 2 && 2 * known >= differences.length;
}

/** Whether differences are above 0 on average, beyond doubt, and at least of the size asked for. */
function exceeds(
  differences: readonly (number | null)[],
  design: SplitDesign,
  level: number,
  least = roundingError,
): boolean {
  if (!areEnough(differences)) return false;
  const average = averageOverSplits(
    differences.filter((difference) => difference !== null),
    design,
  );
  return average.mean > Math.max(least, oneSidedMargin(average, level));
}

function oneSidedMargin({ standardError, degreesOfFreedom }: SplitMean, level: number): number {
  return studentQuantile(level, degreesOfFreedom) * standardError;
}
