export { configurationSchema, type Configuration } from "./configuration.ts";
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
export { fieldProblemSchema, problemMediaType, problemSchema, type FieldProblem, type Problem } from "./problem.ts";
export { scopeSchema, type Scope } from "./scopes.ts";
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
export * from "./web/index.ts";
