export { compareExtracts, type ExtractComparison } from "./extracts/compare-extracts.ts";
export { describeComparison } from "./extracts/describe-comparison.ts";
export type { ImplausibleChange, KnownPatientChange } from "./extracts/known-patients.ts";
export { measureDrift, type DriftOptions } from "./measure-drift.ts";
export type {
  DriftGroupName,
  DriftReport,
  DriftState,
  DriftStatistic,
  GroupDrift,
  ShiftUnit,
  VariableDrift,
} from "./drift-report.ts";
