import {
  count,
  digest,
  durationMs,
  errorCode,
  httpMethod,
  httpStatus,
  modelVersion,
  oneOf,
  requestId,
  routeTemplate,
  runId,
  semanticVersion,
} from "./field.ts";
import { defineEvent } from "./log-event.ts";

const step = oneOf("load", "deidentify", "check", "features", "train", "generate", "validate", "report", "seal");

export const runStarted = defineEvent("run.started", "info", {
  runId,
  cohortDigest: digest,
  seed: count,
  osteonVersion: semanticVersion,
});

export const stepStarted = defineEvent("step.started", "info", { runId, step });

export const stepFinished = defineEvent("step.finished", "info", {
  runId,
  step,
  outcome: oneOf("done", "skipped"),
  durationMs,
});

export const stepFailed = defineEvent("step.failed", "error", { runId, step, errorCode, durationMs });

export const serviceStarted = defineEvent("service.started", "info", {
  port: count,
  modelVersion,
  osteonVersion: semanticVersion,
});

export const serviceStopped = defineEvent("service.stopped", "info", {
  reason: oneOf("signal", "closed", "failure", "deadline"),
  uptimeMs: durationMs,
});

/** No query, no body, no condition: what was asked for may be a real patient's profile. */
export const requestFinished = defineEvent("request.finished", "info", {
  requestId,
  method: httpMethod,
  route: routeTemplate,
  status: httpStatus,
  durationMs,
  errorCode,
});

export const authRefused = defineEvent("auth.refused", "warn", {
  requestId,
  route: routeTemplate,
  reason: oneOf("missing", "malformed", "unknown", "expired", "revoked", "scope"),
});

export const modelLoaded = defineEvent("model.loaded", "info", { modelVersion, durationMs });

/** Something could not be entered in the audit trail. */
export const auditUnwritten = defineEvent("audit.unwritten", "error", { errorCode });
/** A thread that sampled ended by itself or had to be ended; another takes its place. */
export const modelThreadLost = defineEvent("model.thread-lost", "error", { modelVersion });

/** What the registry says is on air could not be taken; the model before goes on. */
export const modelRefused = defineEvent("model.refused", "error", { errorCode });

/** A scheduled drift check ended; its answer is in its record. */
export const driftCheckEnded = defineEvent("drift.check-ended", "info", {
  question: oneOf("input", "output"),
  exitCode: count,
  durationMs,
});

/** API keys, or an identity provider's, could not be read or were changed by others; those before go on. */
export const keysRefused = defineEvent("keys.refused", "error", { errorCode });

export const certificateRenewed = defineEvent("certificate.renewed", "info", {});

/** The files hold no certificate that works; the one before stays in force. */
export const certificateRefused = defineEvent("certificate.refused", "error", { errorCode });
