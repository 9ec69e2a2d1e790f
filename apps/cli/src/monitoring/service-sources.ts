import { join } from "node:path";
import { readBackupStatus } from "@osteon/backup";
import type { Configuration } from "@osteon/contracts";
import type { MonitoringSources } from "@osteon/monitoring";
import { KeyStore, type DriftSource } from "@osteon/service";
import { auditPlaceOf } from "../audit/open-audit.ts";
import { registryFolders } from "../registry/registry-stores.ts";
import { driftReading } from "../drift/drift-source.ts";
import { readFirstKeyExpiry } from "./first-key-expiry.ts";
import { followAuditChain } from "./follow-audit-chain.ts";
import { readKeyTimes } from "./key-times.ts";

export interface ServiceSurroundings {
  readonly configuration: Configuration;
  readonly registryDirectory: string;
  /** Whether what is served is what the registry says; else it is one package. */
  readonly isFromRegistry: boolean;
  /** Undefined where the key is the run's own. */
  readonly identityPath: string | undefined;
  readonly keysDirectory: string;
  /** Code for which what ought to be on air is not; undefined where it is. */
  readonly refusal: () => string | undefined;
  readonly drift: DriftSource;
  readonly signal: AbortSignal;
}

/** What the monitoring of a service is told of its surroundings. */
export function openServiceSources(surroundings: ServiceSurroundings): MonitoringSources {
  const { configuration, registryDirectory, isFromRegistry, identityPath, keysDirectory, refusal, drift, signal } =
    surroundings;
  const keys = new KeyStore(keysDirectory);
  const { signing_key_path = join(registryDirectory, registryFolders.keys, "signing.pem") } = configuration.registry;
  const audit = auditPlaceOf(configuration, isFromRegistry ? registryDirectory : undefined);
  const chain = audit && followAuditChain(audit, signal);
  return {
    drift: driftReading(drift),
    modelRefusal: () => refusal() ?? null,
    firstKeyExpiry: () => readFirstKeyExpiry(keys),
    keysInUseSince: () => readKeyTimes({ identity: identityPath, signing: `${signing_key_path}.pub` }),
    // There is a backup of a registry, and none of a package that is served by its name.
    ...(isFromRegistry && { lastBackup: () => readLastBackup(configuration.backup.directory) }),
    ...(chain && { auditChain: () => chain.current() }),
  };
}

async function readLastBackup(directory: string): Promise<Date | null> {
  const status = await readBackupStatus(directory);
  return status === undefined ? null : new Date(status.finishedAt);
}
