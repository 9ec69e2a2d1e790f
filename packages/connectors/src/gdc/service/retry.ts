import { setTimeout as delay } from "node:timers/promises";

/** A failure that the next attempt may not meet: a busy server, a broken connection, half an answer. */
export class PassingFailure extends Error {
  override readonly name = "PassingFailure";
  /** What the server asked to wait, where it did. */
  readonly retryAfterMs: number | undefined;

  constructor(reason: string, options: { readonly retryAfterMs?: number | undefined; readonly cause?: unknown } = {}) {
    super(reason, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }
}

export interface RetryPolicy {
  /** Attempts in all. */
  readonly attempts: number;
  /** Wait before the second attempt; doubled before each further one. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** A server that asks to wait longer than this is not waited for. */
  readonly longestRetryAfterMs: number;
  readonly wait: (milliseconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

export const defaultRetryPolicy: RetryPolicy = {
  attempts: 6,
  firstWaitMs: 1_000,
  longestWaitMs: 60_000,
  longestRetryAfterMs: 15 * 60_000,
  wait: (milliseconds, signal) => delay(milliseconds, undefined, signal === undefined ? {} : { signal }),
};

/**
 * Tries again what fails in passing, each time after about twice the wait. Half of each wait is drawn by lot, so
 * that downloads which failed together do not come back together; what the server asks for is waited at least.
 *
 * @throws the last {@link PassingFailure}, and at once whatever else `attempt` throws
 */
export async function withRetries<T>(
  policy: RetryPolicy,
  signal: AbortSignal | undefined,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let made = 1; ; made++) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      const asked = error instanceof PassingFailure ? (error.retryAfterMs ?? 0) : Number.POSITIVE_INFINITY;
      if (made >= policy.attempts || asked > policy.longestRetryAfterMs) throw error;
      const doubled = Math.min(policy.firstWaitMs * 2 ** (made - 1), policy.longestWaitMs);
      await policy.wait(Math.max(asked, doubled * (0.5 + Math.random() / 2)), signal);
    }
  }
}
