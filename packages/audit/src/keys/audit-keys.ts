import { existsSync } from "node:fs";
import { join } from "node:path";
import { OsteonError, osteonError } from "@osteon/errors";
import {
  createSigningKeyFile,
  readSigningKey,
  readVerificationKey,
  type SigningKey,
  type VerificationKey,
} from "@osteon/registry";
import { segmentsOf } from "../trail/segment-files.ts";

/** Where a trail is, and its keys. */
export interface AuditPlace {
  readonly directory: string;
  readonly signingKeyPath: string;
  readonly profileKeyPath: string;
  /** Further keys whose checkpoints count: those that signed before. */
  readonly trustedKeyPaths: readonly string[];
}

/** The keys of a trail are in its folder unless they are elsewhere. */
export function auditPlaceAt(directory: string, elsewhere: Partial<AuditPlace> = {}): AuditPlace {
  return {
    directory,
    signingKeyPath: elsewhere.signingKeyPath ?? join(directory, "keys", "signing.pem"),
    profileKeyPath: elsewhere.profileKeyPath ?? join(directory, "keys", "profile.key"),
    trustedKeyPaths: elsewhere.trustedKeyPaths ?? [],
  };
}

/**
 * The key that signs checkpoints. A trail that is not there yet gets one of its own; where there are segments, a fresh
 * key would turn all of them into a stranger's.
 *
 * @throws what reading a key throws
 */
export async function obtainAuditKey({ directory, signingKeyPath }: AuditPlace): Promise<SigningKey> {
  if (existsSync(signingKeyPath) || existsSync(segmentsOf(directory))) return readSigningKey(signingKeyPath);
  try {
    return await createSigningKeyFile(signingKeyPath);
  } catch (error) {
    // Another process that starts at the same time was first: both take its key.
    if (error instanceof OsteonError && error.code === "registry.key-exists") return readSigningKey(signingKeyPath);
    throw error;
  }
}

/**
 * The public keys that checkpoints are held against; no private key is needed.
 *
 * @throws `audit.no-key`, and what reading a key throws
 */
export async function readTrustedKeys(place: AuditPlace): Promise<readonly VerificationKey[]> {
  const published = `${place.signingKeyPath}.pub`;
  const paths = [...place.trustedKeyPaths, ...(existsSync(published) ? [published] : [])];
  if (paths.length === 0) throw osteonError("audit.no-key", { file: published });
  return Promise.all(paths.map(readVerificationKey));
}
