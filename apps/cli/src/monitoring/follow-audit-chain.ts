import { setTimeout as delay } from "node:timers/promises";
import { readTrustedKeys, verifyTrail, type AuditPlace } from "@osteon/audit";
import { OsteonError } from "@osteon/errors";

/** The whole of six years is read at each check. */
const betweenChecksMs = 6 * 3_600_000;

interface CheckedChain {
  readonly intact: boolean;
  readonly checkedAt: Date;
}

/** What the last check of the audit trail found. */
export interface FollowedAuditChain {
  /** Undefined before the first check, and while nothing was entered. @throws what kept the last check from being made */
  current(): CheckedChain | undefined;
}

/** Checks the audit trail at the start and four times a day, until the signal. */
export function followAuditChain(
  place: AuditPlace,
  signal: AbortSignal,
  everyMs: number = betweenChecksMs,
): FollowedAuditChain {
  let found: CheckedChain | undefined;
  let failure: unknown;
  void (async () => {
    while (!signal.aborted) {
      try {
        const { findings } = await verifyTrail({ directory: place.directory, trusted: await readTrustedKeys(place) });
        found = { intact: findings.length === 0, checkedAt: new Date() };
        failure = undefined;
      } catch (error) {
        if (!(error instanceof OsteonError && error.code === "audit.missing")) failure = error;
      }
      await delay(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    current: () => {
      if (failure !== undefined) throw failure;
      return found;
    },
  };
}
