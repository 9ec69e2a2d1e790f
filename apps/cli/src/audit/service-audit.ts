import { createHash } from "node:crypto";
import { lastConfigurationDigest, RefusalCounter, type AuditLog } from "@osteon/audit";
import type { Configuration } from "@osteon/contracts";
import { OsteonError } from "@osteon/errors";
import { encodeCanonicalJson } from "@osteon/registry";
import type { AuditSource, GenerationAudit, RequestFinished } from "@osteon/service";
import { openAuditSource } from "./audit-source.ts";
import { describeAsked } from "./describe-asked.ts";
import { auditPlaceOf, openAudit, type AuditRequest } from "./open-audit.ts";

/** What a running service enters in the trail. */
export interface ServiceAudit {
  readonly generation: GenerationAudit;
  /** For what else is done through the service. */
  readonly log: AuditLog;
  /** The trail for auditors. */
  readonly source: AuditSource;
  /** Counts what was refused; entered once a minute. */
  observe(event: RequestFinished): void;
  /** Enters the start, and whether the configuration is another one than at the last. @throws `audit.unwritable` */
  started(modelVersion: string | undefined): Promise<void>;
  /** Enters the rest and the end. Never throws: the service has stopped. */
  stopped(reason: "signal" | "failure"): Promise<void>;
}

/** Requests that come within so long of one another are entered with one fsync. */
const groupMs = 2;
const countedEveryMs = 60_000;
/** Refusals of who asks, not of what is asked for. */
const authenticationCodes = new Set(["service.token-missing", "service.token-refused", "service.scope-missing"]);

/**
 * Opens the trail for a service; undefined where there is none.
 *
 * @throws as `openAudit`
 */
export async function openServiceAudit(request: AuditRequest): Promise<ServiceAudit | undefined> {
  const { configuration, registry } = request;
  const place = auditPlaceOf(configuration, registry);
  const { log, profileKey } = await openAudit({ ...request, groupMs });
  if (place === undefined || profileKey === undefined) return undefined;
  const counter = new RefusalCounter();
  const enterCounts = async (): Promise<void> => {
    for (const counted of counter.take()) {
      await log.enter(counted.deed, counted.errorCode).catch((error: unknown) => {
        counter.putBack(counted);
        request.onUnwritten(codeOf(error));
      });
    }
  };
  const timer = setInterval(() => void enterCounts(), countedEveryMs).unref();
  return {
    log,
    source: openAuditSource(place, log),
    generation: {
      record: async ({ requestId, principal, modelVersion, format, patientCount, seed, profile, refusal }) => {
        const { seedDigest, ...asked } = describeAsked(profile, seed, profileKey);
        const detail = { model: modelVersion, patients: patientCount, ...asked, request: requestId };
        const who = `client:${principal}`;
        try {
          await (refusal === undefined
            ? log.enter({ action: "patients.generated", principal: who, detail: { ...detail, seedDigest, format } })
            : log.enter({ action: "patients.refused", principal: who, detail }, refusal));
        } catch (error) {
          request.onUnwritten(codeOf(error));
          throw error;
        }
      },
    },
    observe: ({ principal, status, failure }) => {
      if (failure === undefined) return;
      const who = principal === undefined ? undefined : `client:${principal}`;
      if (authenticationCodes.has(failure.code)) counter.add("authentication.refused", who, failure.code);
      else if (status === 429) counter.add("requests.limited", who, failure.code);
    },
    started: async (modelVersion) => {
      const configurationDigest = digestOf(configuration);
      const before = await lastConfigurationDigest(place.directory);
      const detail = { configurationDigest, model: modelVersion ?? null };
      await log.enter({ action: "service.started", principal: "system", detail });
      if (before === undefined || before === configurationDigest) return;
      const change = { from: before, to: configurationDigest };
      await log.enter({ action: "configuration.changed", principal: "system", detail: change });
    },
    stopped: async (reason) => {
      clearInterval(timer);
      await enterCounts();
      const deed = { action: "service.stopped", principal: "system", detail: { reason } } as const;
      await log.enter(deed).catch((error: unknown) => request.onUnwritten(codeOf(error)));
      await log.close();
    },
  };
}

function digestOf(configuration: Configuration): string {
  return createHash("sha256").update(encodeCanonicalJson(configuration, "the configuration")).digest("hex");
}

function codeOf(error: unknown): string {
  return error instanceof OsteonError ? error.code : "internal";
}
