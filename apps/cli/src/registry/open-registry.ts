import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import {
  createSigningKeyFile,
  ModelRegistry,
  readSigningKey,
  readVerificationKey,
  type KeySource,
  type SigningKey,
  type VerificationKey,
} from "@osteon/registry";
import { keysOf, type KeyContext } from "../keys/command-keys.ts";
import { registryFolders, registryStoresOf, type RegistryStores } from "./registry-stores.ts";

export interface RegistryPlace extends RegistryStores {
  /** Of its keys, and of what no server has. */
  readonly directory: string;
  readonly signingKeyPath: string;
  /** The file at {@link signingKeyPath}, or what the configured command prints. */
  readonly signingKey: KeySource;
  readonly trustedKeyPaths: readonly string[];
}

/** Where the registry and its keys are, from `--registry`, the configuration and the environment. */
export function registryPlaceOf(
  configuration: Configuration,
  context: KeyContext,
  directory: string = configuration.registry.directory,
): RegistryPlace {
  const { registry } = configuration;
  const signingKeyPath = registry.signing_key_path ?? join(directory, registryFolders.keys, "signing.pem");
  const keys = keysOf(context, configuration);
  return {
    ...registryStoresOf(configuration, directory, context.environment),
    directory,
    signingKeyPath,
    signingKey: keys.command("registry-signing") ?? keys.file(signingKeyPath),
    trustedKeyPaths: registry.trusted_keys,
  };
}

/**
 * Opens a registry that is there. Its trusted keys are those named and the signing key's public half.
 *
 * @throws `configuration.registry` where there is none, and what reading a key throws
 */
export async function openRegistry(place: RegistryPlace): Promise<ModelRegistry> {
  const { directory } = place;
  if (!existsSync(directory)) throw osteonError("configuration.registry", { directory });
  const trusted = await readTrustedKeys(place);
  return new ModelRegistry({ packages: await place.openPackages(), moves: await place.openMoves(), trusted });
}

/** The keys whose signatures count. @throws `configuration.registry-key` where there are none */
export async function readTrustedKeys({
  signingKeyPath,
  trustedKeyPaths,
}: Pick<RegistryPlace, "signingKeyPath" | "trustedKeyPaths">): Promise<readonly VerificationKey[]> {
  const published = `${signingKeyPath}.pub`;
  const paths = [...trustedKeyPaths, ...(existsSync(published) ? [published] : [])];
  if (paths.length === 0) throw osteonError("configuration.registry-key", { file: published });
  return Promise.all(paths.map(readVerificationKey));
}

/** The key that signs, where this process may use it; null where it is not here. */
export async function readSigningKeyOf({ signingKey }: RegistryPlace): Promise<SigningKey | null> {
  return signingKey.path === undefined || existsSync(signingKey.path) ? readSigningKey(signingKey) : null;
}

/** The key that signs. A registry that is not there yet gets one of its own. */
export async function obtainSigningKey(place: RegistryPlace): Promise<SigningKey> {
  const { directory, signingKey, signingKeyPath } = place;
  if (signingKey.path === undefined || existsSync(signingKeyPath)) return readSigningKey(signingKey);
  // Where models lie already, a fresh key would turn all of them into a stranger's.
  const isOwn = signingKeyPath === join(directory, registryFolders.keys, "signing.pem");
  if (existsSync(directory) || !isOwn || (!place.isLocal && (await holdsModels(place)))) {
    return readSigningKey(signingKey);
  }
  return createSigningKeyFile(signingKeyPath);
}

/** Whether servers hold a registry whose directory is not on this computer. */
async function holdsModels({ openMoves, openPackages }: RegistryPlace): Promise<boolean> {
  const [moves, packages] = [await (await openMoves()).list(), await (await openPackages()).list()];
  return moves.length > 0 || packages.length > 0;
}
