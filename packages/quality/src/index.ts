export { checkQuality, type QualityOptions } from "./check-quality.ts";
export { findingTitles, type FindingCode } from "./finding-titles.ts";
export type {
  Finding,
  FindingLevel,
  QualityReport,
  SampleChecks,
  TableReport,
  VariableReport,
} from "./quality-report.ts";
export { checkObservation } from "./plausibility/check-observation.ts";
