import { setTimeout as delay } from "node:timers/promises";
import { OsteonError } from "@osteon/errors";
import { readCertificatePair, type CertificatePair, type CertificatePaths } from "./certificate-pair.ts";

export interface FollowCertificateOptions extends CertificatePaths {
  /** The pair in force. */
  readonly first: CertificatePair;
  readonly signal: AbortSignal;
  /** Time between two looks at the files, ms. Default 2,000. */
  readonly pollMs?: number;
  /** Told of a new pair that works. */
  readonly onRenewed: (pair: CertificatePair) => void;
  /** Told once for each cause: the files hold no pair that works, and the one before stays in force. */
  readonly onRefused: (errorCode: string) => void;
}

/** Looks for a renewed certificate at intervals, until the signal. */
export async function followCertificate(options: FollowCertificateOptions): Promise<void> {
  const { signal, onRenewed, onRefused, pollMs = 2_000 } = options;
  let inForce = options.first;
  let told = "";
  while (!signal.aborted) {
    await delay(pollMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      const pair = await readCertificatePair(options);
      told = "";
      if (pair.certificate === inForce.certificate && pair.key === inForce.key) continue;
      onRenewed(pair);
      inForce = pair;
    } catch (error) {
      const code = error instanceof OsteonError ? error.code : "internal";
      if (code !== told) onRefused(code);
      told = code;
    }
  }
}
