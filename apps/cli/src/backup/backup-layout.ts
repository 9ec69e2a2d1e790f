import { registryFolders } from "../registry/registry-stores.ts";

/** Where everything is inside a backup, and so in a restored directory. */
export const backupLayout = {
  /** With the paths of a restored directory; `original` is to the letter what was backed up. */
  configuration: "osteon.yaml",
  original: "configuration/original.yaml",
  configurationFiles: "configuration",
  keys: "keys",
  identity: "keys/identity.txt",
  registry: "registry",
  packages: `registry/${registryFolders.packages}`,
  moves: `registry/${registryFolders.moves}`,
  /** Of the embedded database; its rows travel as JSON, since its files are another process's. */
  ledgerRows: "ledger.json",
  ledger: "ledger",
} as const;

/**
 * Folders that belong to a registry and lie beside it unless a key of the configuration names another place; they are
 * taken where they are there. The trail last: it tells of all that was done before.
 */
export const foldersOfSite = [
  { folder: "api-keys", key: "service.keys_directory" },
  { folder: "drift", key: "drift.directory" },
  { folder: "audit", key: "audit.directory" },
] as const;
