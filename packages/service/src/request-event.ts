import { OsteonError } from "@osteon/errors";
import type { TokenRefusal } from "./authentication/authenticator.ts";

/**
 * What may be known of a request after it: enough to operate the service, nothing of what was asked.
 * A profile that was asked for may be a real patient's, so no condition, body, query or token is here.
 */
export interface RequestFinished {
  /** The id in the answer's `X-Request-Id` and in a problem's `instance`. */
  readonly requestId: string;
  /** Who sent it; undefined where the request was refused before that was known. */
  readonly principal?: string;
  /** Why its access token was not accepted, where that was the reason. */
  readonly tokenRefusal?: TokenRefusal;
  readonly method: string;
  /** The route's pattern, never the address sent; `(unknown)` where none matched. */
  readonly route: string;
  readonly status: number;
  /** False where the client went away, or the answer broke off, before its end. */
  readonly completed: boolean;
  readonly durationMs: number;
  /**
   * From when the route's handler took the request until its answer was there whole, in ms after the request came;
   * undefined where it did not come that far.
   */
  readonly handled?: { readonly fromMs: number; readonly untilMs: number };
  /** The request's `traceparent` header (W3C Trace Context), where well-formed. The client's word: not for a log. */
  readonly traceParent?: string;
  /** Patients asked for; 0 where the request did not come that far. */
  readonly patientCount: number;
  readonly failure?: RequestFailure;
}

/** Why a request failed, without any text that could quote data. */
export interface RequestFailure {
  /** Code of the catalogue; `service.internal` for an error that nobody raised on purpose. */
  readonly code: string;
  /** Class of the error. */
  readonly name: string;
  /** For internal errors: where in the program it happened, innermost first. The error's message is left out. */
  readonly frames: readonly string[];
}

/** Takes events of the service. Must not throw; must return at once. */
export interface ServiceObserver {
  onRequestFinished?(event: RequestFinished): void;
}

const framesKept = 8;

/** Describes an error for the operator. */
export function describeFailure(error: unknown): RequestFailure {
  const code = error instanceof OsteonError ? error.code : "service.internal";
  if (!(error instanceof Error)) {
    return { code, name: typeof error, frames: [] };
  }
  const internal = !(error instanceof OsteonError) || error.definition.category === "internal";
  return { code, name: error.name, frames: internal ? framesOf(error) : [] };
}

function framesOf(error: Error): readonly string[] {
  // The message may run over several lines and may itself look like frames: take only what follows it.
  const stack = error.stack ?? "";
  const messageStart = stack.indexOf(error.message);
  if (messageStart < 0) {
    return [];
  }
  const frames = stack.slice(messageStart + error.message.length);
  return frames
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .slice(0, framesKept);
}
