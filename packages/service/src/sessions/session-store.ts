import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/** How long sessions live, and how many there are. */
export interface SessionLimits {
  /** Longest time without a request, ms. */
  readonly idleMs: number;
  /** Longest time in all, ms. */
  readonly absoluteMs: number;
  /** Of everybody; the one that was unused for longest makes room. */
  readonly most: number;
}

export const sessionLimits: SessionLimits = { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000, most: 1_000 };

interface StoredSession {
  readonly sealedToken: Buffer;
  readonly openedAt: number;
  usedAt: number;
}

/**
 * Sessions of browsers, in memory: a restart ends them. A session stands for the access token that it was opened with,
 * which is asked again at each request, so that a session ends when its token does. The token is kept encrypted under a
 * key that follows from the session's id, and of the id only a hash is kept: without the cookie nothing here opens
 * anything.
 *
 * @example
 * const id = sessions.open(token);
 * sessions.tokenOf(id); // the token, until the session ends
 */
export class SessionStore {
  readonly #sessions = new Map<string, StoredSession>();
  readonly #limits: SessionLimits;
  readonly #now: () => number;

  /** @param now milliseconds of a clock that does not jump */
  constructor(limits: SessionLimits = sessionLimits, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Opens a session; its id is a secret of 256 random bits for the cookie. */
  open(token: string): string {
    this.#dropEnded();
    // Each use puts a session at the end, so the first is the one unused for longest.
    for (const key of this.#sessions.keys()) {
      if (this.#sessions.size < this.#limits.most) break;
      this.#sessions.delete(key);
    }
    const id = randomBytes(32).toString("base64url");
    const now = this.#now();
    this.#sessions.set(keyOf(id), { sealedToken: seal(token, id), openedAt: now, usedAt: now });
    return id;
  }

  /** The token of a session, which counts as a use; undefined where there is no such session. */
  tokenOf(id: string): string | undefined {
    const key = keyOf(id);
    const session = this.#sessions.get(key);
    if (session === undefined) return undefined;
    this.#sessions.delete(key);
    if (this.#hasEnded(session)) return undefined;
    session.usedAt = this.#now();
    this.#sessions.set(key, session);
    return unseal(session.sealedToken, id);
  }

  /** How long a session can last at most from now, ms; 0 where there is none. */
  remainingMs(id: string): number {
    const session = this.#sessions.get(keyOf(id));
    if (session === undefined || this.#hasEnded(session)) return 0;
    return session.openedAt + this.#limits.absoluteMs - this.#now();
  }

  close(id: string): void {
    this.#sessions.delete(keyOf(id));
  }

  #hasEnded({ openedAt, usedAt }: StoredSession): boolean {
    const now = this.#now();
    return now - usedAt > this.#limits.idleMs || now - openedAt > this.#limits.absoluteMs;
  }

  #dropEnded(): void {
    for (const [key, session] of this.#sessions) if (this.#hasEnded(session)) this.#sessions.delete(key);
  }
}

function keyOf(id: string): string {
  return createHash("sha256").update(id, "utf8").digest("hex");
}

function encryptionKeyOf(id: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", id, "", "osteon session token", 32));
}

/** The key is used once, so a nonce of zeros is as good as any. */
const nonce = new Uint8Array(12);

function seal(token: string, id: string): Buffer {
  const cipher = createCipheriv("aes-256-gcm", encryptionKeyOf(id), nonce);
  return Buffer.concat([cipher.update(token, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

function unseal(sealed: Buffer, id: string): string {
  const decipher = createDecipheriv("aes-256-gcm", encryptionKeyOf(id), nonce, { authTagLength: 16 });
  decipher.setAuthTag(sealed.subarray(-16));
  return decipher.update(sealed.subarray(0, -16), undefined, "utf8") + decipher.final("utf8");
}
