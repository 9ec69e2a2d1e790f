export {
  clinicalPatientContract,
  clinicalSampleContract,
  daysPerMonth,
  sampleKind,
  type ClinicalPatientColumn,
  type ClinicalSampleColumn,
} from "./contract/clinical-contract.ts";
export { clinicalSupplementContract } from "./contract/clinical-supplement-contract.ts";
export {
  columnRoles,
  normaliseColumnName,
  type ColumnContract,
  type ColumnKind,
  type ColumnRole,
  type MatrixContract,
  type TableContract,
  type TableName,
} from "./contract/column-contract.ts";
export {
  copyNumberContract,
  cpmContract,
  genePanelContract,
  logTpmContract,
  mutationContract,
  mutationMatrixContract,
  tpmContract,
  zScoreContract,
  type GenePanelColumn,
  type MutationColumn,
} from "./contract/genomic-contract.ts";
export { matchColumns, type ColumnMatch, type DropReason } from "./contract/match-columns.ts";
export { isMissingCode, missingCodes } from "./contract/missing-codes.ts";
export { isNumberText } from "./contract/number-text.ts";
export {
  readCodeCell,
  readGeneCell,
  readIdentifierCell,
  readLabelCell,
  readNumberCell,
  type CellPlace,
} from "./contract/read-cell.ts";
export { codeBatches, type CodedBatches } from "./code-batches.ts";
export { readDateCell } from "./contract/read-date.ts";
export type { DeidentificationRecord } from "./deidentification-record.ts";
export { deidentifyCohort, type DeidentificationOptions, type DeidentifiedCohort } from "./deidentify-cohort.ts";
export { classifyHeader } from "./detection/header-patterns.ts";
export {
  createIdentifierDetector,
  type DetectedIdentifier,
  type DetectorOptions,
  type IdentifierDetector,
} from "./detection/identifier-detector.ts";
export { publishableHeader } from "./detection/publishable-header.ts";
export { safeHarborClasses, type SafeHarborClass } from "./detection/safe-harbor.ts";
export { classifyValue } from "./detection/value-patterns.ts";
export { fewestKeyBytes } from "./keyed-hash.ts";
export { createPseudonymiser, type Pseudonymiser } from "./pseudonym.ts";
export {
  createDateReducer,
  type DatedRow,
  type DateReducer,
  type PatientTimes,
  type Reduction,
} from "./reduce-dates.ts";
export type { IdentifierFinding, Refusal, SourceColumn, SourceExtract, SourceFile } from "./source-extract.ts";
