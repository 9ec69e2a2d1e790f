import { createHmac, randomBytes } from "node:crypto";
import { osteonError } from "@osteon/errors";

/** How long a key is remembered, ms: 24 h. */
const keptMs = 24 * 3_600_000;

export interface RememberedRequestsOptions {
  /** Keys kept of one principal; of more the oldest is forgotten. Default 10,000. */
  readonly keysPerPrincipal?: number;
  /** Keys kept of all principals together. Default 100,000, some 30 MB. */
  readonly keysOfAll?: number;
  /** Milliseconds on a clock that only goes forward. */
  readonly now?: () => number;
}

/** A request that was sent under a key. */
export interface KeyedRequest {
  /** Id of the principal: keys of different ones never meet. */
  readonly principal: string;
  readonly key: string;
  /** The request's body after validation, JSON-serialisable. */
  readonly body: object;
  readonly modelVersion: string;
}

interface Remembered {
  readonly digest: string;
  readonly modelVersion: string;
  readonly seed: number;
  readonly since: number;
}

/**
 * What is known of requests with an idempotency key: the seed by which the same patients are generated again, and a
 * digest by which another request under the same key is told. Neither key, body nor patients are kept. The digest
 * has a secret of this process, as a body may be a real patient's profile, which could be guessed from a plain one.
 */
export class RememberedRequests {
  readonly #secret = randomBytes(32);
  /** By digest of principal and key; the principal's own map keeps their order. */
  readonly #principals = new Map<string, Map<string, Remembered>>();
  readonly #limits: Required<RememberedRequestsOptions>;
  #size = 0;

  constructor({
    keysPerPrincipal = 10_000,
    keysOfAll = 100_000,
    now = () => performance.now(),
  }: RememberedRequestsOptions = {}) {
    this.#limits = { keysPerPrincipal, keysOfAll, now };
  }

  /** Keys remembered at the moment. */
  get size(): number {
    return this.#size;
  }

  /**
   * The seed for a request: that of the request which it repeats, or a fresh one. It is settled in one go, so that
   * requests which come at the same time get the same.
   *
   * @param draw called for a key that is not remembered
   * @throws `service.idempotency-key-reused` for another body, `service.idempotency-model-changed` where the model
   *   that answered the first request is no longer on air
   */
  seedOf(request: KeyedRequest, draw: () => number): number {
    const now = this.#limits.now();
    this.#forgetExpired(now);
    const owner = this.#digest("principal", request.principal);
    const keys = this.#principals.get(owner) ?? new Map<string, Remembered>();
    const name = this.#digest("key", request.key);
    const digest = this.#digest("body", JSON.stringify(request.body));
    const remembered = keys.get(name);
    if (remembered !== undefined) {
      if (remembered.digest !== digest) throw osteonError("service.idempotency-key-reused", {});
      if (remembered.modelVersion !== request.modelVersion) throw osteonError("service.idempotency-model-changed", {});
      return remembered.seed;
    }
    this.#makeRoom(keys);
    const seed = draw();
    keys.set(name, { digest, modelVersion: request.modelVersion, seed, since: now });
    this.#size++;
    // Last in the order, so that the principals first in it are those who sent nothing for the longest time.
    this.#principals.delete(owner);
    this.#principals.set(owner, keys);
    return seed;
  }

  /** Takes a key back whose request was refused, so that it can be sent again, put right. */
  forget({ principal, key }: Pick<KeyedRequest, "principal" | "key">): void {
    const owner = this.#digest("principal", principal);
    const keys = this.#principals.get(owner);
    if (keys !== undefined) this.#remove(owner, keys, this.#digest("key", key));
  }

  #makeRoom(keys: Map<string, Remembered>): void {
    if (keys.size >= this.#limits.keysPerPrincipal) {
      this.#size--;
      keys.delete(keys.keys().next().value!);
    } else if (this.#size >= this.#limits.keysOfAll) {
      const [owner, oldest] = this.#principals.entries().next().value!;
      this.#remove(owner, oldest, oldest.keys().next().value!);
    }
  }

  #forgetExpired(now: number): void {
    for (const [owner, keys] of this.#principals) {
      for (const [name, { since }] of keys) {
        if (now - since < keptMs) break;
        this.#remove(owner, keys, name);
      }
    }
  }

  #remove(owner: string, keys: Map<string, Remembered>, name: string): void {
    if (keys.delete(name)) this.#size--;
    if (keys.size === 0) this.#principals.delete(owner);
  }

  #digest(kind: string, text: string): string {
    return createHmac("sha256", this.#secret).update(`${kind}\0${text}`).digest("base64url");
  }
}
