import { osteonError, type OsteonError } from "@osteon/errors";
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import type { MonotonicClock } from "../../limits/sliding-quota.ts";

/** Where an identity provider's keys come from. */
export interface KeySetSource {
  /** How messages call it. */
  readonly place: string;
  /** After this time the keys are fetched again, beside the requests that use them. */
  readonly freshMs: number;
  /** Between two fetches, so that tokens of unknown keys cannot make the service knock without end. */
  readonly pauseMs: number;
  fetch(): Promise<JSONWebKeySet>;
}

export interface FollowedKeySetOptions {
  readonly source: KeySetSource;
  readonly clock: MonotonicClock;
  /** Told of every fetch that failed. */
  readonly onUnavailable?: ((errorCode: string) => void) | undefined;
}

/** Keys that could not be fetched again for this long are no longer believed: one of them may have been withdrawn. */
const longestWithoutFetchMs = 24 * 60 * 60 * 1000;

/** Clients are told to come again after so long. */
const longestPauseAfterFailureMs = 5_000;

/**
 * The keys of an identity provider, fetched when they are first needed, when they get old and when a token names one that
 * is not known. jose's own remote key set refuses everything while its provider is away; this one goes on with the
 * keys that it has, and only what it cannot tell is answered as unavailable.
 */
export class FollowedKeySet {
  readonly #source: KeySetSource;
  readonly #clock: MonotonicClock;
  readonly #onUnavailable: ((errorCode: string) => void) | undefined;
  #keys: ReturnType<typeof createLocalJWKSet> | undefined;
  #fetchedAt = -Infinity;
  #triedAt = -Infinity;
  #lastFailure: OsteonError | undefined;
  #pending: Promise<void> | undefined;

  constructor({ source, clock, onUnavailable }: FollowedKeySetOptions) {
    this.#source = source;
    this.#clock = clock;
    this.#onUnavailable = onUnavailable;
  }

  /**
   * The key that a token's header names.
   *
   * @throws `service.identity-provider-unavailable` where that cannot be told now; jose's errors where there is none
   */
  readonly keyFor: JWTVerifyGetKey = async (header, token) => {
    const age = this.#clock() - this.#fetchedAt;
    if (age >= longestWithoutFetchMs) await this.#refresh();
    // Whoever asks now does not wait for it.
    else if (age >= this.#source.freshMs) void this.#refresh();
    if (this.#keys === undefined || this.#clock() - this.#fetchedAt >= longestWithoutFetchMs) throw this.#unavailable();
    try {
      return await this.#keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    }
    await this.#refresh();
    try {
      return await this.#keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey && this.#lastFailure !== undefined) throw this.#unavailable();
      throw error;
    }
  };

  /** Never fails: what went wrong is remembered. */
  #refresh(): Promise<void> {
    const { pauseMs } = this.#source;
    const pause = this.#lastFailure === undefined ? pauseMs : Math.min(pauseMs, longestPauseAfterFailureMs);
    if (this.#clock() - this.#triedAt < pause) return this.#pending ?? Promise.resolve();
    this.#triedAt = this.#clock();
    this.#pending = this.#fetch().finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  async #fetch(): Promise<void> {
    try {
      this.#keys = createLocalJWKSet(await this.#source.fetch());
      this.#fetchedAt = this.#clock();
      this.#lastFailure = undefined;
    } catch (error) {
      const { code = "unknown reason" } = error as { code?: string };
      const failure = osteonError("access.key-set", { place: this.#source.place, reason: code }, { cause: error });
      if (this.#lastFailure?.message !== failure.message) this.#onUnavailable?.(failure.code);
      this.#lastFailure = failure;
    }
  }

  #unavailable(): OsteonError {
    return osteonError("service.identity-provider-unavailable", {}, { cause: this.#lastFailure });
  }
}
