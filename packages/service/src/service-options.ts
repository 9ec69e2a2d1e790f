import type { ServiceLimits } from "@osteon/contracts";
import type { Authenticator } from "./authentication/authenticator.ts";
import type { MonotonicClock } from "./limits/sliding-quota.ts";
import { defaultLoadLimits, type LoadLimits } from "./load/load-limits.ts";
import type { ModelSource } from "./model-source.ts";
import type { GenerationAudit } from "./generation-audit.ts";
import type { MetricsSource } from "./operations/metrics-route.ts";
import type { UsageSource } from "./operations/usage-route.ts";
import type { ServiceObserver } from "./request-event.ts";
import type { WebParts } from "./web-application/web-parts.ts";
import type { CertificatePair } from "./tls/certificate-pair.ts";

/** What a composition root gives to {@link createService}. */
export interface ServiceOptions {
  /** The model on air. While there is none, `/generate` and `/health` answer 503. */
  readonly model: ModelSource;
  /** Tells whose a token is; see `acceptTokens`. */
  readonly authenticator: Authenticator;
  /** Takes one event a finished request. */
  readonly observer?: ServiceObserver;
  /** Takes every answer of `/generate` before it leaves. By default nobody does. */
  readonly audit?: GenerationAudit;
  /** Answers `GET /metrics`. Default null: there is no such address. */
  readonly metrics?: MetricsSource | null;
  /** Answers `GET /usage`. Default null: there is no such address. */
  readonly usage?: UsageSource | null;
  /** Most bytes of a request's body. Default 65,536. */
  readonly bodyLimitBytes?: number;
  /** Longest time for a request to arrive whole, ms. Default 30,000. */
  readonly requestTimeoutMs?: number;
  /** Longest silence on a connection while it is in use, ms. Default 60,000. */
  readonly connectionTimeoutMs?: number;
  /** Longest time that an unused connection is kept, ms. Default 5,000. */
  readonly keepAliveTimeoutMs?: number;
  /** How much one principal, one profile, one address may ask for. Default null, for no limit. */
  readonly limits?: ServiceLimits | null;
  /** By which limits count time, ms. Default `performance.now`. */
  readonly clock?: MonotonicClock;
  /** Proxies whose X-Forwarded-For is believed: addresses or networks. Default none. */
  readonly trustedProxies?: readonly string[];
  /** Serves HTTPS, TLS 1.2 or later. Default null, for plain HTTP. */
  readonly tls?: CertificatePair | null;
  /** Whether browsers are told to come by HTTPS only. Default true with `tls`; a proxy with TLS asks for it too. */
  readonly strictTransport?: boolean;
  /** Longest time for the headers of a request, ms. Default 10,000. */
  readonly headersTimeoutMs?: number;
  /** How much may be under way at a time. Default: 256 requests, 4,000 patients. */
  readonly loadLimits?: LoadLimits;
  /** The web application and what it looks at. Default none of it. */
  readonly web?: WebParts;
  /** Patients generated before other requests get their turn. Default 16, what one run of a network draws. */
  readonly patientsPerTurn?: number;
}

/** Options with every default filled in. */
export function resolveServiceOptions(options: ServiceOptions): Required<ServiceOptions> {
  return {
    model: options.model,
    authenticator: options.authenticator,
    observer: options.observer ?? {},
    audit: options.audit ?? { record: () => Promise.resolve() },
    metrics: options.metrics ?? null,
    usage: options.usage ?? null,
    bodyLimitBytes: options.bodyLimitBytes ?? 65_536,
    requestTimeoutMs: options.requestTimeoutMs ?? 30_000,
    connectionTimeoutMs: options.connectionTimeoutMs ?? 60_000,
    keepAliveTimeoutMs: options.keepAliveTimeoutMs ?? 5_000,
    limits: options.limits ?? null,
    clock: options.clock ?? (() => performance.now()),
    trustedProxies: options.trustedProxies ?? [],
    tls: options.tls ?? null,
    strictTransport: options.strictTransport ?? options.tls != null,
    headersTimeoutMs: options.headersTimeoutMs ?? 10_000,
    loadLimits: options.loadLimits ?? defaultLoadLimits,
    web: options.web ?? {},
    patientsPerTurn: options.patientsPerTurn ?? 16,
  };
}
