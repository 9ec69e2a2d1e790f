import { count, defineEvent, errorCode, oneOf } from "@osteon/observability";
import { alertKinds } from "./alerts/alert-kinds.ts";

export const alertChanged = defineEvent("alert.changed", "warn", {
  kind: oneOf(...alertKinds),
  state: oneOf("firing", "resolved"),
  severity: oneOf("warning", "critical"),
});

/** A notice was not taken. `attempts` says how often it was tried; it is tried no more where `outcome` is abandoned. */
export const alertUndelivered = defineEvent("alert.undelivered", "error", {
  channel: oneOf("webhook", "email"),
  outcome: oneOf("retried", "abandoned"),
  attempts: count,
});

/** Part of the monitoring does not work; the service goes on. */
export const monitoringDegraded = defineEvent("monitoring.degraded", "error", {
  part: oneOf("usage history", "alerts", "metrics"),
  errorCode,
});
