export { Comparison } from "./input/comparison.ts";
export { type EvaluationCohort } from "./input/evaluation-cohort.ts";
export { EvaluationInput } from "./input/evaluation-input.ts";
export { createEvaluationPanel, type EvaluationPanel } from "./input/evaluation-panel.ts";
export { allMetrics } from "./metrics/all-metrics.ts";
export type { DiscrepancyTest } from "./metrics/maximum-mean-discrepancy.ts";
export type { Metric, MetricGroup, MetricValue } from "./metrics/metric.ts";
export type { CopyCount } from "./privacy/count-copies.ts";
export { formatValidationTable } from "./report/format-validation-table.ts";
export { validateGenerator, type ValidationRequest } from "./report/validate-generator.ts";
export type {
  BiologicalScore,
  CalibratedValue,
  Estimate,
  MemorisationReport,
  MetricReport,
  ValidationReport,
} from "./report/validation-report.ts";
