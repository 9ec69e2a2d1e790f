import { scopeSchema } from "@osteon/contracts";
import { catalogue } from "@osteon/errors";
import { z } from "zod";
import { conditionBinsSchema } from "./condition-bins.ts";

/*
 * Every kind is narrow, as those of the log are: no field takes free text but the reason that a person gives for an
 * override or a rollback. What an entry may hold is what this file says, and nothing else can be written.
 */
const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);
const countSchema = z.int().min(0);
const modelSchema = z.string().regex(/^(?:[0-9a-f]{16}|[a-z][a-z-]{0,63})$/);
const wordSchema = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);
const keyIdSchema = z.string().regex(/^[0-9a-f]{12}$/);
const requestSchema = z.string().regex(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/);
const errorCodeSchema = z.string().refine((code) => code === "internal" || Object.hasOwn(catalogue, code));
const timeSchema = z.iso.datetime();

/** What was asked of a model, without the profile. */
const askedSchema = {
  model: modelSchema,
  patients: countSchema,
  conditions: conditionBinsSchema,
  /** Keyed: see `ProfileKey`. */
  profileDigest: digestSchema,
};

/** What is counted and entered once a minute, so that whoever sends nonsense fills no disk. */
const countedSchema = { errorCode: errorCodeSchema, count: z.int().min(1), from: timeSchema, to: timeSchema };

/** A move of what is on air; which versions it is between, an attempt may not know yet. */
const moveSchema = {
  model: modelSchema.optional(),
  from: modelSchema.nullable().optional(),
  by: z.string().min(1).max(200),
  reason: z.string().max(2_000),
};

function kind<A extends string, D extends z.ZodRawShape>(action: A, detail: D) {
  return z.strictObject({ ...commonSchema, action: z.literal(action), detail: z.strictObject(detail) });
}

const commonSchema = {
  /** `user:` and the name of this computer's user, `client:` and the id of an access token, `system`. */
  principal: z.string().regex(/^(?:system|[a-z][a-z-]{0,15}:[^\p{C}\p{Z}]{1,200})$/u),
  /** `attempted` is entered before the deed where there is a deed that can fail; the others after it. */
  outcome: z.enum(["attempted", "succeeded", "failed"]),
  /** Links `attempted` with what came of it. */
  operation: requestSchema.optional(),
  /** Why it failed. */
  errorCode: errorCodeSchema.optional(),
};

/** One thing that somebody did or tried. */
export const auditEventSchema = z.discriminatedUnion("action", [
  kind("patients.generated", { ...askedSchema, seedDigest: digestSchema, format: wordSchema, request: requestSchema }),
  kind("patients.refused", { ...askedSchema, request: requestSchema }),
  kind("patients.exported", {
    ...askedSchema,
    seedDigest: digestSchema,
    format: wordSchema,
    replicates: z.int().min(1),
  }),
  kind("requests.limited", countedSchema),
  kind("authentication.refused", countedSchema),
  kind("run.executed", { steps: z.array(wordSchema).max(32), model: modelSchema.optional() }),
  kind("model.added", { model: modelSchema }),
  kind("model.promoted", { ...moveSchema, overridden: z.boolean() }),
  kind("model.rolled-back", moveSchema),
  kind("model.exported", { model: modelSchema, format: wordSchema }),
  kind("models.rekeyed", { models: z.array(modelSchema).max(10_000), recipients: z.int().min(1) }),
  kind("models.pruned", { models: z.array(modelSchema).max(10_000) }),
  kind("api-key.created", { keyId: keyIdSchema, scopes: z.array(scopeSchema).max(16), expires: timeSchema.nullable() }),
  kind("api-key.revoked", { keyId: keyIdSchema }),
  kind("backup.made", { digest: digestSchema }),
  kind("backup.restored", { digest: digestSchema }),
  kind("service.started", { configurationDigest: digestSchema, model: modelSchema.nullable() }),
  kind("service.stopped", { reason: z.enum(["signal", "closed", "failure"]) }),
  kind("configuration.changed", { from: digestSchema, to: digestSchema }),
  kind("audit.verified", { segments: countSchema, entries: countSchema, faults: countSchema }),
  kind("audit.exported", { format: z.enum(["list", "json", "csv", "fhir"]) }),
  kind("audit.pruned", { throughSegment: z.int().min(1), entries: countSchema, lastOpening: digestSchema }),
  kind("audit.recovered", { segment: z.int().min(1), lines: countSchema, tornBytes: countSchema }),
  kind("clock.set-back", { seconds: z.number().min(0) }),
]);

export type AuditEvent = z.infer<typeof auditEventSchema>;
export type AuditAction = AuditEvent["action"];

/** The names of every action, in the order of their declaration. */
export const auditActions: readonly AuditAction[] = auditEventSchema.options.map(({ shape }) => shape.action.value);

/** The actions of a name: itself, or all that begin with it and a point; none where there is no such name. */
export function actionsNamed(name: string): readonly AuditAction[] {
  return auditActions.filter((action) => action === name || action.startsWith(`${name}.`));
}
