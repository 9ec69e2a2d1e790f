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

/** Folders beside the registry's that belong to it, where they are there. */
export const foldersBesideRegistry = ["api-keys", "audit"] as const;
