export {
  auditAnswerSchema,
  auditExportQuerySchema,
  auditQuerySchema,
  auditVerificationSchema,
  type AuditAnswer,
  type AuditEntryView,
  type AuditExportFormat,
  type AuditExportQuery,
  type AuditQuery,
  type AuditSearch,
  type AuditVerification,
} from "./audit-trail.ts";
export {
  brokenModelSchema,
  learningCurveSchema,
  cardTextSchema,
  modelDetailSchema,
  modelHistorySchema,
  modelListSchema,
  modelMoveSchema,
  modelSummarySchema,
  promoteRequestSchema,
  rollbackRequestSchema,
  type BrokenModel,
  type LearningCurve,
  type ModelDetail,
  type ModelHistory,
  type ModelList,
  type ModelMove,
  type ModelScore,
  type ModelSummary,
  type PromoteRequest,
  type RollbackRequest,
} from "./model-catalogue.ts";
export { modelReferenceSchema, type ModelReference } from "./model-reference.ts";
export { profileSupportSchema, type ProfileSupport } from "./profile-support.ts";
export { runProgressSchema, type RunProgress } from "./run-progress.ts";
export { servicePartSchema, sessionRequestHeader, sessionSchema, type ServicePart, type Session } from "./session.ts";
