import { OsteonError, osteonError } from "@osteon/errors";
import { createFileAtomically } from "./atomic-file.ts";
import { createIdentity, Identity, parseIdentity, type IdentityKind } from "./identity.ts";
import { protectKey } from "./key-source/protected-key.ts";
import { toKeySource, type KeySource } from "./key-source/key-source.ts";
import { systemErrorCode } from "./system-error.ts";

/** A key as callers may give it: read already, the text `AGE-SECRET-KEY-…`, or the path of an identity file. */
export type IdentitySource = Identity | string;

export interface IdentityFileOptions {
  /** Protects the file; without it the key lies in it in plain. */
  readonly passphrase?: string | undefined;
  readonly now?: Date;
}

/**
 * Writes an identity file as `age-keygen -o` does, readable by its owner only (mode 0600).
 *
 * @throws `registry.key-exists` where the path is taken; nothing is overwritten
 */
export async function writeIdentity(
  path: string,
  identity: Identity,
  { passphrase, now = new Date() }: IdentityFileOptions = {},
): Promise<void> {
  const plain = [
    `# created: ${now.toISOString()}`,
    `# public key: ${identity.recipient}`,
    identity.revealSecret(),
    "",
  ].join("\n");
  const text = passphrase === undefined ? plain : await protectKey(plain, passphrase);
  try {
    await createFileAtomically(path, new TextEncoder().encode(text), 0o600);
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") throw osteonError("registry.key-exists", { file: path });
    throw error;
  }
}

/** Creates a key and writes its identity file. See {@link writeIdentity}. */
export async function createIdentityFile(path: string, kind: IdentityKind = "x25519"): Promise<Identity> {
  const identity = await createIdentity(kind);
  await writeIdentity(path, identity);
  return identity;
}

/**
 * Reads the one key that an identity file holds, or that another source gives.
 *
 * @throws `registry.unreadable`, `registry.key-permissions`, `registry.identity`, and what the source throws
 */
export async function readIdentity(source: KeySource | string): Promise<Identity> {
  const { name, read } = toKeySource(source);
  let text: string;
  try {
    text = await read();
  } catch (error) {
    if (error instanceof OsteonError || systemErrorCode(error) === "AbortError") throw error;
    throw osteonError("registry.unreadable", { file: name, reason: systemErrorCode(error) }, { cause: error });
  }
  return parseIdentity(text, name);
}

/** Takes a key in any of the forms of {@link IdentitySource}. Errors never repeat what may be a secret. */
export async function resolveIdentity(source: IdentitySource): Promise<Identity> {
  if (source instanceof Identity) return source;
  if (/age-secret-key/i.test(source) || /[\r\n]/.test(source)) return parseIdentity(source, "The key given as text");
  // A passphrase given by mistake must not come back in a message, so only what looks like a path does.
  if (!/[\\/.]/.test(source)) {
    try {
      return await readIdentity(source);
    } catch (error) {
      const reason = `it is neither a key nor the path of a readable identity file (${systemErrorCode(error)})`;
      throw osteonError("registry.identity", { where: "The value given as the key", reason });
    }
  }
  return readIdentity(source);
}

/** The public key that belongs to a key: what to seal for so that this key opens it. */
export async function recipientOf(source: IdentitySource): Promise<string> {
  return (await resolveIdentity(source)).recipient;
}
