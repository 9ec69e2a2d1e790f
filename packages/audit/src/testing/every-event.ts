import type { AuditEvent } from "../event/audit-event.ts";

const digest = "ab".repeat(32);
const model = "0123456789abcdef";
const request = "123e4567-e89b-42d3-a456-426614174000";
const time = "2026-11-05T10:00:00.000Z";
const asked = {
  model,
  patients: 3,
  conditions: { age: "15 to 19", event_occurred: 1 },
  profileDigest: digest,
} as const;
const counted = { count: 12, from: time, to: time };

/** One event of each action. */
export const everyEvent: readonly AuditEvent[] = [
  by("client:key-0123456789ab", {
    action: "patients.generated",
    detail: { ...asked, seedDigest: digest, format: "json", request },
  }),
  failed("client:key-0123456789ab", "generator.rare-profile", {
    action: "patients.refused",
    detail: { ...asked, request },
  }),
  by("user:ada", {
    action: "patients.exported",
    detail: { ...asked, seedDigest: digest, format: "csv", replicates: 1 },
  }),
  failed("client:key-0123456789ab", "service.request-timeout", {
    action: "requests.limited",
    detail: { errorCode: "service.request-timeout", ...counted },
  }),
  failed("system", "service.token-refused", {
    action: "authentication.refused",
    detail: { errorCode: "service.token-refused", ...counted },
  }),
  by("user:ada", { action: "run.executed", detail: { steps: ["load", "generate"], model } }),
  by("user:ada", { action: "model.added", detail: { model } }),
  by("user:ada", {
    action: "model.promoted",
    detail: { model, from: null, by: "Ada", reason: 'asked for by the "board", 3 of 4', overridden: true },
  }),
  by("user:ada", { action: "model.rolled-back", detail: { model, from: model, by: "Ada", reason: "" } }),
  by("user:ada", { action: "model.exported", detail: { model, format: "onnx" } }),
  by("user:ada", { action: "models.rekeyed", detail: { models: [model], recipients: 2 } }),
  by("user:ada", { action: "models.pruned", detail: { models: [model] } }),
  by("user:ada", { action: "api-key.created", detail: { keyId: "0123456789ab", scopes: ["generate"], expires: time } }),
  by("user:ada", { action: "api-key.revoked", detail: { keyId: "0123456789ab" } }),
  by("user:ada", { action: "backup.made", detail: { digest } }),
  failed("user:ada", "internal", { action: "backup.restored", detail: { digest } }),
  by("system", { action: "service.started", detail: { configurationDigest: digest, model: null } }),
  by("system", { action: "service.stopped", detail: { reason: "signal" } }),
  by("system", { action: "configuration.changed", detail: { from: digest, to: digest } }),
  by("user:ada", { action: "audit.verified", detail: { segments: 1, entries: 2, faults: 0 } }),
  by("user:ada", { action: "audit.exported", detail: { format: "fhir" } }),
  by("user:ada", { action: "audit.pruned", detail: { throughSegment: 3, entries: 5, lastOpening: digest } }),
  by("system", { action: "audit.recovered", detail: { segment: 1, lines: 3, tornBytes: 9 } }),
  by("system", { action: "clock.set-back", detail: { seconds: 3600 } }),
];

type Deed = AuditEvent extends infer E ? (E extends AuditEvent ? Pick<E, "action" | "detail"> : never) : never;

function by(principal: string, deed: Deed): AuditEvent {
  return { ...deed, principal, outcome: "succeeded" } as AuditEvent;
}

function failed(principal: string, errorCode: string, deed: Deed): AuditEvent {
  return { ...deed, principal, outcome: "failed", errorCode } as AuditEvent;
}
