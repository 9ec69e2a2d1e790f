export { checkQuality, type QualityOptions } from "./check-quality.ts";
export type {
  Finding,
  FindingCode,
  FindingLevel,
  QualityReport,
  SampleChecks,
  TableReport,
  VariableReport,
} from "./quality-report.ts";
export { checkObservation } from "./plausibility/check-observation.ts";
