import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import {
  createDirectoryMoveLog,
  createDirectoryPackageStore,
  createSigningKeyFile,
  ModelRegistry,
  readSigningKey,
  readVerificationKey,
  type SigningKey,
} from "@osteon/registry";

export interface RegistryPlace {
  readonly directory: string;
  readonly signingKeyPath: string;
  readonly trustedKeyPaths: readonly string[];
}

/** Where the registry and its keys are, from `--registry` and the configuration. */
export function registryPlaceOf({ registry }: Configuration, directory: string = registry.directory): RegistryPlace {
  return {
    directory,
    signingKeyPath: registry.signing_key_path ?? join(directory, "keys", "signing.pem"),
    trustedKeyPaths: registry.trusted_keys,
  };
}

/**
 * Opens a registry that is there. Its trusted keys are those named and the signing key's public half.
 *
 * @throws `configuration.registry` where there is none, and what reading a key throws
 */
export async function openRegistry(place: RegistryPlace): Promise<ModelRegistry> {
  const { directory, signingKeyPath, trustedKeyPaths } = place;
  const published = `${signingKeyPath}.pub`;
  if (!existsSync(directory)) throw osteonError("configuration.registry", { directory });
  const paths = [...trustedKeyPaths, ...(existsSync(published) ? [published] : [])];
  if (paths.length === 0) throw osteonError("configuration.registry-key", { file: published });
  return new ModelRegistry({
    packages: createDirectoryPackageStore(join(directory, "packages")),
    moves: createDirectoryMoveLog(join(directory, "production")),
    trusted: await Promise.all(paths.map(readVerificationKey)),
  });
}

/** The key that signs, where this process may use it; null where it is not here. */
export async function readSigningKeyOf({ signingKeyPath }: RegistryPlace): Promise<SigningKey | null> {
  return existsSync(signingKeyPath) ? readSigningKey(signingKeyPath) : null;
}

/** The key that signs. A registry that is not there yet gets one of its own. */
export async function obtainSigningKey({ directory, signingKeyPath }: RegistryPlace): Promise<SigningKey> {
  if (existsSync(signingKeyPath)) return readSigningKey(signingKeyPath);
  // Where models lie already, a fresh key would turn all of them into a stranger's.
  if (existsSync(directory) || signingKeyPath !== join(directory, "keys", "signing.pem")) {
    return readSigningKey(signingKeyPath);
  }
  return createSigningKeyFile(signingKeyPath);
}
