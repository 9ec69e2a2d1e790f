import { join } from "node:path";
import type { Configuration } from "@osteon/contracts";
import { readServerAddress, readServerUrl, type ServerAddress } from "@osteon/database-server";
import { osteonError } from "@osteon/errors";
import {
  createDirectoryMoveLog,
  createDirectoryPackageStore,
  createObjectPackageStore,
  type MoveLog,
  type PackageStore,
} from "@osteon/registry";
import type { openServerMoveLog } from "@osteon/storage";
import { readSecretSetting } from "./read-setting.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a registry's moves and packages are, opened when asked for. */
export interface RegistryStores {
  readonly openMoves: () => Promise<MoveLog>;
  readonly openPackages: () => Promise<PackageStore>;
  /** Whether all of it lies in the registry's directory. */
  readonly isLocal: boolean;
}

/** Folders of a registry's directory. */
export const registryFolders = { packages: "packages", moves: "production", keys: "keys" } as const;

/** The stores that the configuration names; addresses and secrets of servers come from the environment. */
export function registryStoresOf(
  { registry }: Configuration,
  directory: string,
  environment: Environment,
): RegistryStores {
  const { metadata, packages } = registry;
  return {
    isLocal: metadata === "directory" && packages === "directory",
    openMoves:
      metadata === "directory"
        ? () => Promise.resolve(createDirectoryMoveLog(join(directory, registryFolders.moves)))
        : () => openRegistryDatabase(environment),
    openPackages: async () => {
      if (packages === "directory") return createDirectoryPackageStore(join(directory, registryFolders.packages));
      const { endpoint, bucket, prefix, region, path_style: pathStyle } = packages.s3;
      const accessKeyId = await readSecretSetting("AWS_ACCESS_KEY_ID", environment);
      const secretAccessKey = await readSecretSetting("AWS_SECRET_ACCESS_KEY", environment);
      return createObjectPackageStore({ endpoint, bucket, region, pathStyle, accessKeyId, secretAccessKey }, prefix);
    },
  };
}

/**
 * The moves on the server that the environment names.
 *
 * @throws `configuration.registry-database`, and what reading the address and connecting throw
 */
export async function openRegistryDatabase(environment: Environment): ReturnType<typeof openServerMoveLog> {
  const { address, variable } = await readRegistryAddress(environment);
  // Most registries lie in a directory, and need not wait for a database's modules.
  const { openServerMoveLog } = await import("@osteon/storage");
  return openServerMoveLog(address, variable);
}

async function readRegistryAddress(
  environment: Environment,
): Promise<{ readonly address: ServerAddress; readonly variable: string }> {
  // Nobody answers for the network between: what is on air decides which model a hospital is served by.
  const options = { trustedNetwork: false };
  const own = "REGISTRY_DATABASE_URL";
  const address = await readServerUrl(environment, own, options);
  if (address !== undefined) return { address, variable: own };
  const shared = await readServerAddress(environment, options);
  if (shared === undefined) throw osteonError("configuration.registry-database", {});
  return { address: shared, variable: environment["DB_HOST"] ? "DB_HOST" : "DATABASE_URL" };
}
