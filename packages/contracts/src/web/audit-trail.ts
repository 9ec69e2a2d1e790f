import { z } from "zod";

/** Most entries that one answer holds. */
const mostAuditEntries = 200;

const daySchema = (which: string) =>
  z.iso
    .date()
    .optional()
    .meta({
      description: `${which} day, in UTC and itself included`,
      example: "2026-01-31",
      allowed: "a date such as 2026-01-31",
    });

/** What is looked for in the trail; all of it where nothing is said. */
const auditSearchSchema = z.strictObject({
  principal: z.string().min(1).max(220).optional().meta({
    description: "Who did it",
    example: "user:ada",
    allowed: "a principal as entries name it, up to 220 characters",
  }),
  action: z
    .string()
    .regex(/^[a-z][a-z-]{0,31}(?:\.[a-z-]{1,32})?$/)
    .optional()
    .meta({
      description: "What was done; the part before the point stands for all that begin so",
      example: "model.promoted",
      allowed: "an action of the audit trail, such as model.promoted or model",
    }),
  from: daySchema("First"),
  to: daySchema("Last"),
});

const placePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[1-9]\d{0,8}\.[1-9]\d{0,11}$/;

/** Query of `GET /audit`. */
export const auditQuerySchema = auditSearchSchema.extend({
  after: z.string().regex(placePattern).optional().meta({
    description: "Goes on where an answer ended: its `next`",
    example: "2026-01-31T12:00:00.000Z_3.17",
    allowed: "the next of an earlier answer",
  }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(mostAuditEntries)
    .default(50)
    .meta({
      description: "Most entries of the answer",
      allowed: `a whole number of 1 to ${mostAuditEntries}`,
    }),
});

/** Query of `GET /audit/export`. */
export const auditExportQuerySchema = auditSearchSchema.extend({
  format: z.enum(["fhir", "json", "csv"]).default("csv").meta({
    description: "FHIR R4 AuditEvents or entries, one a line; or a table",
  }),
});

const auditEntrySchema = z
  .strictObject({
    id: z.string().meta({ description: "Segment and line in the trail", example: "3.17" }),
    at: z.iso.datetime(),
    principal: z.string(),
    action: z.string(),
    outcome: z.enum(["attempted", "succeeded", "failed"]),
    error_code: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()).meta({ description: "What an action of that kind tells" }),
  })
  .meta({ id: "AuditEntry", description: "One thing that somebody did or tried" });

/** Answer of `GET /audit`. */
export const auditAnswerSchema = z
  .strictObject({
    entries: z.array(auditEntrySchema).meta({ description: "The newest first" }),
    next: z.string().nullable().meta({
      description: "Asks for what is older; null where the trail's beginning, or the first day, was reached",
    }),
  })
  .meta({ id: "AuditEntries", description: "Entries of the audit trail" });

/** Answer of `POST /audit/verify`. */
export const auditVerificationSchema = z
  .strictObject({
    holds: z.boolean(),
    entries: z.int().min(0),
    segments: z.int().min(0),
    unsigned: z.int().min(0).meta({ description: "Entries that no signed checkpoint covers yet" }),
    findings: z
      .array(z.strictObject({ kind: z.string(), segment: z.int(), line: z.int().nullable(), message: z.string() }))
      .meta({ description: "What does not hold; the first hundred" }),
  })
  .meta({ id: "AuditVerification", description: "Whether the trail holds" });

export type AuditQuery = z.infer<typeof auditQuerySchema>;
export type AuditExportQuery = z.infer<typeof auditExportQuerySchema>;
export type AuditExportFormat = AuditExportQuery["format"];
export type AuditSearch = z.infer<typeof auditSearchSchema>;
export type AuditAnswer = z.infer<typeof auditAnswerSchema>;
export type AuditEntryView = AuditAnswer["entries"][number];
export type AuditVerification = z.infer<typeof auditVerificationSchema>;
