import type { AlertKind } from "@osteon/contracts";

/** What there are rules for. */
export const alertKinds = [
  "error_rate",
  "latency_p99",
  "gate_score",
  "backup_age",
  "certificate_expiry",
  "key_expiry",
  "disk_space",
  "drift",
  "audit_chain_broken",
  "model_refused",
  "no_model",
] as const satisfies readonly AlertKind[];
