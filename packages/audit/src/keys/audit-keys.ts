import { existsSync } from "node:fs";
import { join } from "node:path";
import { OsteonError, osteonError } from "@osteon/errors";
import {
  createSigningKeyFile,
  keyFile,
  readSigningKey,
  readVerificationKey,
  type KeySource,
  type SigningKey,
  type VerificationKey,
} from "@osteon/registry";
import { segmentsOf } from "../trail/segment-files.ts";

/** Where a trail is, and its keys. */
export interface AuditPlace {
  readonly directory: string;
  readonly signingKeyPath: string;
  readonly profileKeyPath: string;
  /** Where the private key is; the file at {@link signingKeyPath}, in plain, if left out. */
  readonly signingKey?: KeySource;
  /** Likewise of {@link profileKeyPath}. */
  readonly profileKey?: KeySource;
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
    ...(elsewhere.signingKey && { signingKey: elsewhere.signingKey }),
    ...(elsewhere.profileKey && { profileKey: elsewhere.profileKey }),
  };
}

/**
 * The key that signs checkpoints. A trail that is not there yet gets one of its own; where there are segments, a fresh
 * key would turn all of them into a stranger's.
 *
 * @throws what reading a key throws
 */
export async function obtainAuditKey(place: AuditPlace): Promise<SigningKey> {
  const { directory, signingKeyPath, signingKey = keyFile(signingKeyPath) } = place;
  if (hasAuditKey(place) || existsSync(segmentsOf(directory))) return readSigningKey(signingKey);
  try {
    return await createSigningKeyFile(signingKeyPath);
  } catch (error) {
    // Another process that starts at the same time was first: both take its key.
    if (error instanceof OsteonError && error.code === "registry.key-exists") return readSigningKey(signingKey);
    throw error;
  }
}

/** Whether the private key is at hand; who has a copy of the trail alone has it not. */
export function hasAuditKey({ signingKeyPath, signingKey }: AuditPlace): boolean {
  return (signingKey !== undefined && signingKey.path === undefined) || existsSync(signingKeyPath);
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
