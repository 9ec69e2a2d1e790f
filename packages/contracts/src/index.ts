export { configurationSchema, type Configuration } from "./configuration.ts";
export type { ServingConfiguration } from "./serving-configuration.ts";
export {
  driftCheckSchema,
  type DriftCheck,
  type DriftReason,
  type DriftReport,
  type DriftState,
  type DriftStatistic,
  type GroupDrift,
  type SequentialReport,
  type SequentialVariable,
  type ShiftUnit,
  type VariableDrift,
} from "./drift/drift-check.ts";
export { driftMonitorSchema, type DriftMonitor, type MonitoredVariable } from "./drift/drift-monitor.ts";
export {
  driftAnswerSchema,
  driftRecordSchema,
  type DriftAnswer,
  type DriftQuestion,
  type DriftRecord,
} from "./drift/drift-record.ts";
export {
  driftReferenceSchema,
  type DriftGroupName,
  type DriftReference,
  type ReferenceVariable,
} from "./drift/drift-reference.ts";
export {
  answerQuerySchema,
  maximumChosenGenes,
  maximumChosenPathways,
  patientParts,
  type AnswerQuery,
  type PatientPart,
} from "./answer-query.ts";
export { describeAllowedValues } from "./allowed-values.ts";
export {
  generateAnswerSchema,
  patientListAnswerSchema,
  singlePatientAnswerSchema,
  syntheticPatientNotice,
  syntheticPatientSchema,
  type PatientListAnswer,
  type SinglePatientAnswer,
  type SyntheticPatient,
} from "./generate-answer.ts";
export { generateRequestSchema, maximumPatientsPerRequest, type GenerateRequest } from "./generate-request.ts";
export { healthSchema, type Health } from "./health.ts";
export {
  modelCardSchema,
  modelDescriptionSchema,
  type ModelCardDocument,
  type ModelDescription,
  type PackageDescription,
} from "./model-description.ts";
export { livenessSchema, readinessSchema, type Readiness } from "./probes.ts";
export { fieldProblemSchema, problemMediaType, problemSchema, type FieldProblem, type Problem } from "./problem.ts";
export { isLoopbackHost, isSecureUrl } from "./secure-address.ts";
export { grantsScope, scopeSchema, type Scope } from "./scopes.ts";
export {
  serviceLimitsSchema,
  type OidcConfiguration,
  type ServiceConfiguration,
  type ServiceLimits,
  type SignatureAlgorithm,
} from "./service-configuration.ts";
export { profileSchema, type Profile } from "./profile.ts";
export {
  manifestDraftSchema,
  manifestFormatVersion,
  manifestSchema,
  type Manifest,
  type ManifestDraft,
  type ScoreSummary,
  type TensorDigest,
  type TrainingSummary,
} from "./manifest.ts";
export {
  nameOfRule,
  type AlertChannel,
  type AlertKind,
  type AlertRule,
  type AlertsConfiguration,
  type ObservabilityConfiguration,
} from "./monitoring-configuration.ts";
export {
  mostUsagePoints,
  usageAnswerSchema,
  usageQuerySchema,
  type UsageAnswer,
  type UsageCounts,
  type UsagePoint,
  type UsageQuery,
  type UsageStep,
} from "./usage.ts";
export * from "./web/index.ts";
