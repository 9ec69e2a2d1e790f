export { combineEstimates, type CombinedEstimate, type CombiningRule } from "./inference/combine-estimates.ts";
export {
  estimateEffectiveSampleSize,
  type EffectiveSampleSize,
  type GroupWorth,
} from "./inference/effective-sample-size.ts";
export { estimandGroups, type AnalystEstimate, type Estimand, type EstimandGroup } from "./inference/estimand.ts";
export { listStandardEstimands } from "./inference/standard-estimands.ts";
export { worthInRealPatients } from "./inference/worth-in-real-patients.ts";
export { Comparison } from "./input/comparison.ts";
export { type EvaluationCohort } from "./input/evaluation-cohort.ts";
export { EvaluationInput } from "./input/evaluation-input.ts";
export { createEvaluationPanel, type EvaluationPanel } from "./input/evaluation-panel.ts";
export { allMetrics } from "./metrics/all-metrics.ts";
export type { DiscrepancyTest } from "./metrics/maximum-mean-discrepancy.ts";
export type { Metric, MetricGroup, MetricValue } from "./metrics/metric.ts";
export { assessPrivacy, type PrivacyRequest } from "./privacy/assess-privacy.ts";
export type { AttackOutcome, Interval, RankingOutcome, RateOutcome } from "./privacy/attack-outcome.ts";
export type { SecretReport } from "./privacy/attribute-inference.ts";
export type { CopyReport } from "./privacy/copy-risk.ts";
export type { CopyCount } from "./privacy/count-copies.ts";
export {
  attackByLikelihoodRatio,
  type LikelihoodRatioAttack,
  type PatientScore,
  type ShadowRequest,
  type TruePositiveRate,
} from "./privacy/likelihood-ratio-attack.ts";
export type { AttackReport, Judgement, PrivacyLimits, PrivacyReport } from "./privacy/privacy-report.ts";
export { scoreByClosestRecord } from "./privacy/record-score.ts";
export { formatEvaluationTable } from "./report/format-evaluation-table.ts";
export { seedGate } from "./report/score-biology.ts";
export { validateGenerator, type ValidationRequest } from "./report/validate-generator.ts";
export type {
  CalibratedScore,
  EvaluationDesign,
  EvaluationFigures,
  EvaluationReport,
  FamilyEvaluation,
  MetricEvaluation,
  PrivacyVerdict,
  ReleaseGate,
  SplitMemorisation,
} from "./report/evaluation-report.ts";
export type {
  BiologicalScore,
  CalibratedValue,
  Estimate,
  MemorisationReport,
  MetricReport,
  ValidationReport,
} from "./report/validation-report.ts";
export { evaluateRepeatedly, type EvaluatedFamily, type EvaluationRequest } from "./splits/evaluate-repeatedly.ts";
export type { Prepare } from "./splits/prepare-split.ts";
export { selectAskedColumns } from "./inference/select-asked-columns.ts";
