import type { SelftestCheck } from "../selftest-check.ts";
import { accessCheck } from "./access.ts";
import { auditCheck } from "./audit.ts";
import { backupCheck } from "./backup.ts";
import { certificateCheck } from "./certificate.ts";
import { diskSpaceCheck } from "./disk-space.ts";
import { driftCheck } from "./drift.ts";
import { healthCheck } from "./health.ts";
import { keyFilesCheck } from "./key-files.ts";
import { latencyCheck } from "./latency.ts";
import { modelCheck } from "./model.ts";
import { outputCheck } from "./output.ts";
import { releaseGateCheck } from "./release-gate.ts";
import { transportCheck } from "./transport.ts";
import { versionCheck } from "./version.ts";

/** Every check, in the order of `selftestCheckNames`: what the others need comes first. */
export const checks: readonly SelftestCheck[] = [
  healthCheck,
  transportCheck,
  certificateCheck,
  accessCheck,
  latencyCheck,
  modelCheck,
  versionCheck,
  releaseGateCheck,
  outputCheck,
  driftCheck,
  backupCheck,
  auditCheck,
  keyFilesCheck,
  diskSpaceCheck,
];
