import { inspect } from "node:util";
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption";
import { osteonError } from "@osteon/errors";

/**
 * `x25519` can be read by every age program; `hybrid` adds ML-KEM-768, so that what is recorded
 * today stays closed to a quantum computer, and needs an age program that knows `age1pq1…` keys.
 */
export type IdentityKind = "x25519" | "hybrid";

/** A secret key together with its public key. Prints, logs and serialises as `[secret]`. */
export class Identity {
  /** The public key, `age1…` or `age1pq1…`: what files are sealed for. Not secret. */
  readonly recipient: string;
  readonly #secret: string;

  constructor(secret: string, recipient: string) {
    this.#secret = secret;
    this.recipient = recipient;
  }

  /** The line `AGE-SECRET-KEY-…`. Only for writing an identity file and for opening. */
  revealSecret(): string {
    return this.#secret;
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }

  [inspect.custom](): string {
    return `Identity { recipient: '${this.recipient}', secret: [secret] }`;
  }
}

/** Creates a new key from the system's randomness. It exists nowhere but in the value returned. */
export async function createIdentity(kind: IdentityKind = "x25519"): Promise<Identity> {
  const secret = kind === "hybrid" ? await generateHybridIdentity() : await generateX25519Identity();
  return new Identity(secret, await identityToRecipient(secret));
}

/**
 * Reads the text of an identity file: comment lines, empty lines and exactly one key.
 *
 * @param where how error messages call the place, for instance the path; never the key
 * @throws `registry.identity`
 */
export async function parseIdentity(text: string, where: string): Promise<Identity> {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.length === 0) throw osteonError("registry.identity", { where, reason: "it is empty" });
  if (lines.length > 1) {
    throw osteonError("registry.identity", { where, reason: `it has ${lines.length} lines that are not comments` });
  }
  const secret = lines[0]!;
  if (!/^AGE-SECRET-KEY-(?:PQ-)?1/.test(secret)) {
    throw osteonError("registry.identity", { where, reason: "its line does not begin with AGE-SECRET-KEY-1" });
  }
  try {
    return new Identity(secret, await identityToRecipient(secret));
  } catch {
    // The library's error is not kept as the cause: it may repeat the key.
    throw osteonError("registry.identity", { where, reason: "the key is mistyped or cut short (its checksum fails)" });
  }
}
