import type { Metric } from "../metrics/metric.ts";
import type { MetricEvaluation } from "../report/evaluation-report.ts";
import { calibrateOverSplits, type SplitCalibration, type SplitValues } from "./calibrate-over-splits.ts";
import { readEvaluation } from "./read-evaluation.ts";
import { estimateOverSplits, type SplitDesign } from "./split-mean.ts";

/** A metric and its values over the splits. */
export interface MeasuredMetric {
  readonly metric: Metric;
  readonly values: SplitValues;
}

/** Every metric's estimates and calibration; the two lists are in the order given. */
export function evaluateMetrics(
  measured: readonly MeasuredMetric[],
  design: SplitDesign,
): { readonly metrics: readonly MetricEvaluation[]; readonly calibrations: readonly SplitCalibration[] } {
  const calibrations = measured.map(({ metric, values }) =>
    calibrateOverSplits(metric, values, design, measured.length),
  );
  const metrics = measured.map(({ metric, values }, k): MetricEvaluation => {
    const { name, title, group, unit, better } = metric;
    const synthetic = estimateOverSplits(values.synthetic, design);
    return {
      name,
      title,
      group,
      unit,
      better,
      synthetic,
      freshReal: estimateOverSplits(values.freshReal, design),
      photocopy: estimateOverSplits(values.photocopy, design),
      floor: estimateOverSplits(values.floor, design),
      calibrated: calibrations[k]!.result,
      reading: readEvaluation(calibrations[k]!, synthetic),
    };
  });
  return { metrics, calibrations };
}
