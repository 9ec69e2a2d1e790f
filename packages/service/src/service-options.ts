import type { Authenticator } from "./authentication/authenticator.ts";
import type { ModelSource } from "./model-source.ts";
import type { ServiceObserver } from "./request-event.ts";
import type { WebParts } from "./web-application/web-parts.ts";

/** What a composition root gives to {@link createService}. */
export interface ServiceOptions {
  /** The model on air. While there is none, `/generate` and `/health` answer 503. */
  readonly model: ModelSource;
  /** Tells whose a token is; see `acceptTokens`. */
  readonly authenticator: Authenticator;
  /** Takes one event a finished request. */
  readonly observer?: ServiceObserver;
  /** Most bytes of a request's body. Default 65,536. */
  readonly bodyLimitBytes?: number;
  /** Longest time for a request to arrive whole, ms. Default 30,000. */
  readonly requestTimeoutMs?: number;
  /** Longest silence on a connection while it is in use, ms. Default 60,000. */
  readonly connectionTimeoutMs?: number;
  /** Longest time that an unused connection is kept, ms. Default 5,000. */
  readonly keepAliveTimeoutMs?: number;
  /** The web application and what it looks at. Default none of it. */
  readonly web?: WebParts;
  /** Patients generated before other requests get their turn. Default 8, some 8 ms. */
  readonly patientsPerTurn?: number;
}

/** Options with every default filled in. */
export function resolveServiceOptions(options: ServiceOptions): Required<ServiceOptions> {
  return {
    model: options.model,
    authenticator: options.authenticator,
    observer: options.observer ?? {},
    bodyLimitBytes: options.bodyLimitBytes ?? 65_536,
    requestTimeoutMs: options.requestTimeoutMs ?? 30_000,
    connectionTimeoutMs: options.connectionTimeoutMs ?? 60_000,
    keepAliveTimeoutMs: options.keepAliveTimeoutMs ?? 5_000,
    web: options.web ?? {},
    patientsPerTurn: options.patientsPerTurn ?? 8,
  };
}
