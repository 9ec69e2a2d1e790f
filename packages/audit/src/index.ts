export { binConditions, type ConditionBins } from "./event/condition-bins.ts";
export { auditActions, type AuditAction, type AuditEvent } from "./event/audit-event.ts";
export { obtainProfileKey, type ProfileKey } from "./keys/profile-key.ts";
export { AuditTrail, type AuditTrailOptions } from "./trail/audit-trail.ts";
export type { Finding, FindingKind, Note } from "./verification/finding.ts";
export { verifyTrail, type VerificationReport, type VerifyOptions } from "./verification/verify-trail.ts";
export { lastCheckpoints, readExpectedCheckpoints, type ExpectedCheckpoint } from "./verification/checkpoint-file.ts";
