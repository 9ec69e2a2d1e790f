export { checkDrift, type CheckedDrift, type DriftCheckRequest } from "./check/check-drift.ts";
export { compareExtracts, type ExtractComparison } from "./extracts/compare-extracts.ts";
export { describeComparison } from "./extracts/describe-comparison.ts";
export type { ImplausibleChange, KnownPatientChange } from "./extracts/known-patients.ts";
export { measureDrift, type DriftOptions } from "./measure-drift.ts";
export { createReference, digestReference, type ReferenceRequest } from "./reference/create-reference.ts";
