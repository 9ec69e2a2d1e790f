import { OsteonError, osteonError } from "@osteon/errors";
import { createFileAtomically } from "./atomic-file.ts";
import { createIdentity, Identity, parseIdentity, type IdentityKind } from "./identity.ts";
import { readKeyFile } from "./key-file.ts";
import { systemErrorCode } from "./system-error.ts";

/** A key as callers may give it: read already, the text `AGE-SECRET-KEY-…`, or the path of an identity file. */
export type IdentitySource = Identity | string;

/**
 * Writes an identity file as `age-keygen -o` does, readable by its owner only (mode 0600).
 *
 * @throws `registry.key-exists` where the path is taken; nothing is overwritten
 */
export async function writeIdentity(path: string, identity: Identity, now: Date = new Date()): Promise<void> {
  const text = [
    `# created: ${now.toISOString()}`,
    `# public key: ${identity.recipient}`,
    identity.revealSecret(),
    "",
  ].join("\n");
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
 * Reads an identity file that holds one key.
 *
 * @throws `registry.unreadable`, `registry.key-permissions`, `registry.identity`
 */
export async function readIdentity(path: string): Promise<Identity> {
  let text: string;
  try {
    text = await readKeyFile(path);
  } catch (error) {
    if (error instanceof OsteonError) throw error;
    throw osteonError("registry.unreadable", { file: path, reason: systemErrorCode(error) }, { cause: error });
  }
  return parseIdentity(text, path);
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
