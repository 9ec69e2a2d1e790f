import { createHash, createHmac, randomBytes } from "node:crypto";
import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Configuration } from "@osteon/contracts";
import { OsteonError, osteonError } from "@osteon/errors";
import { createFileAtomically, createIdentityFile, readIdentity, readKeyFile, type Identity } from "@osteon/registry";
import { runLayout } from "./run-layout.ts";
import type { RunManifest } from "./run-manifest.ts";

/** The secrets of a run, held in memory only. */
export interface RunKeys {
  /** Opens and, by its recipient, seals everything patient-level and the model. */
  readonly identity: Identity;
  /** Secret of the pseudonyms, 32 bytes. */
  readonly pseudonymKey: Uint8Array;
}

/**
 * Reads the run's keys, or creates those that no path was given for: in the run directory, mode 0600.
 * A simulated cohort has nobody to protect, so its pseudonyms come from its seed and the demonstration
 * is the same on every machine.
 *
 * @param earlier the run's manifest; null for a new run
 * @param opened the run's key, where the caller has it already
 * @throws `pipeline.other-key`, `pipeline.key-missing`, `pipeline.pseudonym-key-missing`, `pipeline.pseudonym-key`,
 *   and what reading a key throws
 */
export async function obtainRunKeys(
  directory: string,
  configuration: Configuration,
  earlier: RunManifest | null,
  opened?: Identity,
): Promise<RunKeys> {
  const sealedFor = earlier?.sealedFor ?? null;
  const identity = opened ?? (await obtainIdentity(directory, configuration.encryption.key_path, sealedFor));
  if (sealedFor !== null && identity.recipient !== sealedFor) {
    throw osteonError("pipeline.other-key", { directory, recipient: sealedFor, given: identity.recipient });
  }
  return { identity, pseudonymKey: await obtainPseudonymKey(directory, configuration, earlier) };
}

/**
 * What tells one pseudonym key from another without telling anything of it, or of an id that went through
 * it: safe to stand in a manifest.
 */
export function fingerprintWithKey(key: Uint8Array, what: string): string {
  return createHmac("sha256", key).update(`osteon-fingerprint-v1:${what}`).digest("hex");
}

async function obtainIdentity(
  directory: string,
  keyPath: string | undefined,
  sealedFor: string | null,
): Promise<Identity> {
  if (keyPath !== undefined) return readIdentity(keyPath);
  const own = join(directory, runLayout.identity);
  if (await exists(own)) return readIdentity(own);
  // A fresh key would open nothing of what the run holds, and would look as if it did.
  if (sealedFor !== null) throw osteonError("pipeline.key-missing", { directory, recipient: sealedFor, file: own });
  await mkdir(dirname(own), { recursive: true, mode: 0o700 });
  return createIdentityFile(own);
}

async function obtainPseudonymKey(
  directory: string,
  configuration: Configuration,
  earlier: RunManifest | null,
): Promise<Uint8Array> {
  const { data, phi_removal: removal } = configuration;
  if (removal.key_path === undefined && data.source === "demonstration") {
    return createHash("sha256").update(`osteon demonstration pseudonyms ${data.seed}`).digest();
  }
  const path = removal.key_path ?? join(directory, runLayout.pseudonymKey);
  if (removal.key_path === undefined && !(await exists(path))) {
    // A fresh key would give every patient another pseudonym, and so replace the model that is there by another.
    const began = earlier?.steps.deidentify !== undefined && earlier.steps.load?.options["source"] !== "demonstration";
    if (began) throw osteonError("pipeline.pseudonym-key-missing", { directory, file: path });
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await createFileAtomically(path, new TextEncoder().encode(`${randomBytes(32).toString("hex")}\n`), 0o600);
  }
  return readPseudonymKey(path);
}

/** Throws `pipeline.pseudonym-key`. */
export async function readPseudonymKey(path: string): Promise<Uint8Array> {
  let text: string;
  try {
    text = (await readKeyFile(path)).trim();
  } catch (error) {
    if (error instanceof OsteonError) throw error;
    const reason = `it cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown reason"})`;
    throw osteonError("pipeline.pseudonym-key", { file: path, reason }, { cause: error });
  }
  if (!/^(?:[0-9a-fA-F]{2}){32,}$/.test(text)) {
    const reason = "it is not 64 or more hexadecimal digits, two for each byte";
    throw osteonError("pipeline.pseudonym-key", { file: path, reason });
  }
  return Buffer.from(text, "hex");
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
