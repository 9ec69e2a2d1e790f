import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BackupManifest } from "@osteon/backup";
import { osteonError } from "@osteon/errors";
import { createDirectoryMoveLog, decodeBundle, encodeCanonicalJson } from "@osteon/registry";
import { readConfiguration } from "../configuration/read-configuration.ts";
import { openRegistryDatabase, registryStoresOf } from "../registry/registry-stores.ts";
import { backupLayout } from "./backup-layout.ts";

/**
 * Puts back what lay on servers, from a directory that was restored and proven, and takes it out of the directory.
 * Packages first, since moves name them. What is on the servers already stays: versions never change, and a history
 * that goes on where the backup's ends is newer and right.
 *
 * @throws `backup.history` where the database has another history and `force` is not given, and what the servers throw
 */
export async function restoreServers(
  directory: string,
  manifest: BackupManifest,
  force: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const configuration = await readConfiguration(join(directory, backupLayout.configuration), environment);
  if (manifest.packages === "s3") {
    const packages = await registryStoresOf(configuration, directory, environment).openPackages();
    const folder = join(directory, backupLayout.packages);
    for (const name of await readdir(folder)) {
      await packages.create(name.slice(0, 16), decodeBundle(await readFile(join(folder, name)), name));
    }
    await rm(folder, { recursive: true });
  }
  if (manifest.metadata === "postgres") {
    const folder = join(directory, backupLayout.moves);
    const restored = await createDirectoryMoveLog(folder).list();
    await using log = await openRegistryDatabase(environment);
    const present = await log.list();
    const common = Math.min(present.length, restored.length);
    const differing = Array.from({ length: common }, (_, index) => index).find(
      (index) => textOf(present[index]) !== textOf(restored[index]),
    );
    if (differing !== undefined && !force) {
      throw osteonError("backup.history", { reason: `they differ from move ${differing + 1} on` });
    }
    if (differing !== undefined || present.length < restored.length) await log.replaceAll(restored);
    await rm(folder, { recursive: true });
  }
}

function textOf(envelope: unknown): string {
  return encodeCanonicalJson(envelope, "a move");
}
