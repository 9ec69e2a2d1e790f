import { existsSync } from "node:fs";
import {
  backupFormatVersion,
  writeBackup,
  type BackedUpFile,
  type BackupManifest,
  type FinishedBackup,
} from "@osteon/backup";
import { osteonError } from "@osteon/errors";
import { readIdentity } from "@osteon/registry";
import type { CommandContext } from "../command-context.ts";
import { keysOf } from "../keys/command-keys.ts";
import { resolveRegistry } from "../registry/registry-command.ts";
import { osteonVersion } from "../version.ts";
import { backupFiles, directoriesOf, type BackupMoment, type BackupSource } from "./backup-files.ts";
import { configuredFilesOf } from "./configured-files.ts";

/** Options that say what is backed up. */
export interface BackupSourceOptions {
  readonly config?: string;
  readonly registry?: string;
  readonly key?: string;
}

/** What the options name. */
export async function backupSourceOf(
  { config, registry, key }: BackupSourceOptions,
  context: CommandContext,
): Promise<BackupSource> {
  const { configuration, place } = await resolveRegistry(
    { ...(config !== undefined && { config }), ...(registry !== undefined && { registry }) },
    context,
  );
  const identity = keysOf(context, configuration).identity(key);
  return {
    configuration,
    configurationPath: config,
    place,
    identity: identity && (await readIdentity(identity)),
    configuredFiles: configuredFilesOf(configuration, identity?.path),
  };
}

/**
 * Writes a backup of a source.
 *
 * @throws `backup.recipients` where nobody could open it, and what {@link writeBackup} and {@link backupFiles} throw
 */
export async function createBackup(
  source: BackupSource,
  target: { readonly directory: string; readonly recipients: readonly string[]; readonly keep: number | undefined },
): Promise<FinishedBackup> {
  refuseRecipients(source, target.recipients);
  const now = new Date();
  const moment: BackupMoment = { moves: [] };
  const manifestOf = (files: readonly BackedUpFile[]): BackupManifest => ({
    format: "osteon-backup",
    formatVersion: backupFormatVersion,
    osteonVersion,
    createdAt: now.toISOString(),
    onAir: moment.moves.at(-1)?.version ?? null,
    moves: moment.moves.length,
    metadata: source.configuration.registry.metadata,
    packages: source.configuration.registry.packages === "directory" ? "directory" : "s3",
    configured: { ...source.configuredFiles.configured, ...directoriesOf(source) },
    files: [...files],
  });
  return writeBackup({ ...target, files: () => backupFiles(source, moment), manifestOf, now });
}

function refuseRecipients({ identity, place }: BackupSource, recipients: readonly string[]): void {
  if (recipients.length === 0) {
    throw osteonError("backup.recipients", { reason: "no public key is named that it should be made for" });
  }
  if (identity !== undefined && recipients.every((recipient) => recipient === identity.recipient)) {
    const reason = "the only key that would open it is the one that lies in it";
    throw osteonError("backup.recipients", { reason });
  }
  // A mistyped path must not give a backup without models.
  if (!existsSync(place.directory)) {
    throw osteonError("configuration.registry", { directory: place.directory });
  }
}
