import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { createFileAtomically, createIdentityFile, readIdentity, type Identity } from "@osteon/registry";
import { runLayout } from "./run-layout.ts";

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
 */
export async function obtainRunKeys(directory: string, configuration: Configuration): Promise<RunKeys> {
  const identityPath = configuration.encryption.key_path;
  const identity = identityPath
    ? await readIdentity(identityPath)
    : await readOrCreateIdentity(join(directory, runLayout.identity));
  return { identity, pseudonymKey: await obtainPseudonymKey(directory, configuration) };
}

async function readOrCreateIdentity(path: string): Promise<Identity> {
  if (await exists(path)) return readIdentity(path);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return createIdentityFile(path);
}

async function obtainPseudonymKey(directory: string, configuration: Configuration): Promise<Uint8Array> {
  const { data, phi_removal: removal } = configuration;
  if (removal.key_path === undefined && data.source === "demonstration") {
    return createHash("sha256").update(`osteon demonstration pseudonyms ${data.seed}`).digest();
  }
  const path = removal.key_path ?? join(directory, runLayout.pseudonymKey);
  if (removal.key_path === undefined && !(await exists(path))) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await createFileAtomically(path, new TextEncoder().encode(`${randomBytes(32).toString("hex")}\n`), 0o600);
  }
  return readPseudonymKey(path);
}

async function readPseudonymKey(path: string): Promise<Uint8Array> {
  let text: string;
  try {
    text = (await readFile(path, "utf8")).trim();
  } catch (error) {
    throw osteonError("pipeline.pseudonym-key", { file: path, reason: "it cannot be read" }, { cause: error });
  }
  if (!/^[0-9a-fA-F]{64,}$/.test(text)) {
    throw osteonError("pipeline.pseudonym-key", { file: path, reason: "it is not 64 or more hexadecimal digits" });
  }
  return Buffer.from(text, "hex");
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
