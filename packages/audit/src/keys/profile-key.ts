import { createHmac, randomBytes } from "node:crypto";
import { inspect } from "node:util";
import type { Profile } from "@osteon/contracts";
import { OsteonError, osteonError } from "@osteon/errors";
import {
  createFileAtomically,
  encodeCanonicalJson,
  systemErrorCode,
  toKeySource,
  type KeySource,
} from "@osteon/registry";

/**
 * The key of the digests by which equal profiles and seeds can be linked. There are so few profiles that whoever has
 * the key can try them all: it belongs to the auditor and to the service alone. Prints as `[secret]`.
 */
export class ProfileKey {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** HMAC-SHA-256 of the exact profile, hexadecimal. */
  digestProfile({ survival_time, event_occurred, age, metastasis }: Profile): string {
    const conditions = { survival_time, event_occurred, age, metastasis };
    return this.#digest("profile", encodeCanonicalJson(conditions, "a profile"));
  }

  /** HMAC-SHA-256 of a seed, hexadecimal: with the seed that an answer names, its entry is found. */
  digestSeed(seed: number): string {
    return this.#digest("seed", String(seed));
  }

  toJSON(): string {
    return "[secret]";
  }

  toString(): string {
    return "[secret]";
  }

  [inspect.custom](): string {
    return "ProfileKey { secret: [secret] }";
  }

  #digest(domain: "profile" | "seed", text: string): string {
    return createHmac("sha256", this.#key).update(`osteon-audit/1/${domain}\0${text}`).digest("hex");
  }
}

/**
 * Reads the key, or makes it (mode 0600) where `create` says so and it is not there.
 *
 * @throws `audit.profile-key`, `registry.key-permissions`, and the system's errors
 */
export async function obtainProfileKey(given: KeySource | string, create: boolean): Promise<ProfileKey> {
  const source = toKeySource(given);
  const path = source.path ?? "";
  try {
    return parseProfileKey(await source.read(), source.name);
  } catch (error) {
    if (error instanceof OsteonError) throw error;
    const reason = systemErrorCode(error);
    if (reason !== "ENOENT" || !create) throw osteonError("audit.profile-key", { file: source.name, reason });
  }
  try {
    await createFileAtomically(path, new TextEncoder().encode(`${randomBytes(32).toString("hex")}\n`), 0o600);
  } catch (error) {
    // Another process that starts at the same time was first: both take its key.
    if (systemErrorCode(error) !== "EEXIST") throw error;
  }
  return obtainProfileKey(source, false);
}

function parseProfileKey(text: string, file: string): ProfileKey {
  const digits = /^\s*([0-9a-f]{64})\s*$/i.exec(text)?.[1];
  if (digits === undefined) throw osteonError("audit.profile-key", { file, reason: "it is not 64 hexadecimal digits" });
  return new ProfileKey(Buffer.from(digits, "hex"));
}
