import type { AuditPlace } from "@osteon/audit";
import type { MonitoringSources } from "@osteon/monitoring";
import { KeyStore } from "@osteon/service";
import type { RegistryPlace } from "../registry/open-registry.ts";
import { readFirstKeyExpiry } from "./first-key-expiry.ts";
import { followAuditChain } from "./follow-audit-chain.ts";
import { readKeyTimes } from "./key-times.ts";

export interface ServiceSurroundings {
  readonly registry: RegistryPlace;
  /** Undefined where the key is the run's own. */
  readonly identityPath: string | undefined;
  readonly keysDirectory: string;
  /** Undefined where there is no audit trail. */
  readonly audit: AuditPlace | undefined;
  /** Code for which what ought to be on air is not; undefined where it is. */
  readonly refusal: () => string | undefined;
  readonly signal: AbortSignal;
}

/** What the monitoring of a service is told of its surroundings. */
export function openServiceSources(surroundings: ServiceSurroundings): MonitoringSources {
  const { registry, identityPath: identity, keysDirectory, audit, refusal, signal } = surroundings;
  const keys = new KeyStore(keysDirectory);
  const chain = audit && followAuditChain(audit, signal);
  return {
    modelRefusal: () => refusal() ?? null,
    firstKeyExpiry: () => readFirstKeyExpiry(keys),
    keysInUseSince: () => readKeyTimes({ identity, signing: `${registry.signingKeyPath}.pub` }),
    ...(chain && { auditChain: () => chain.current() }),
  };
}
