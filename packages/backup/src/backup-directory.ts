import { link, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { lockDirectory } from "@osteon/embedded-database";
import { osteonError } from "@osteon/errors";
import { syncFolder, writeFileAtomically } from "@osteon/registry";
import { z } from "zod";
import type { ArchiveFile } from "./archive/archive-file.ts";
import { writeArchive } from "./archive/write-archive.ts";
import type { BackedUpFile, BackupManifest } from "./backup-manifest.ts";

const backupName = /^osteon-\d{8}T\d{6}Z(?:-\d+)?\.tar\.age$/;
/** Half a backup, or half a note of one. */
const unfinishedName = /^\.(?:osteon-|last-backup\.json).*\.partial$/;
const statusName = "last-backup.json";

const statusSchema = z.object({
  formatVersion: z.literal(1),
  file: z.string(),
  finishedAt: z.iso.datetime(),
  bytes: z.int(),
  sha256: z.string(),
  onAir: z.string().nullable(),
});

/** The last backup that was finished, for whoever watches its age. */
export type BackupStatus = z.infer<typeof statusSchema>;

export interface BackupRequest {
  readonly directory: string;
  /** Public keys `age1…`; each of their keys opens the backup alone. */
  readonly recipients: readonly string[];
  /** How many backups stay, this one counted; undefined: all. */
  readonly keep: number | undefined;
  /** Everything that goes in; asked again from the beginning where it changed while it was read. */
  readonly files: () => AsyncIterable<ArchiveFile>;
  readonly manifestOf: (files: readonly BackedUpFile[]) => BackupManifest;
  readonly now: Date;
}

export interface FinishedBackup {
  readonly path: string;
  readonly manifest: BackupManifest;
  readonly status: BackupStatus;
  /** Names of older backups that were removed. */
  readonly removed: readonly string[];
}

const attempts = 3;

/**
 * Writes a backup into a directory, so that its name is there only once it is whole and on the disk; then removes
 * older ones beyond those to be kept, and notes it in `last-backup.json`. What a killed backup left is removed.
 *
 * @throws `backup.in-progress`, `backup.changed-meanwhile`, `registry.recipient`, and the system's errors
 */
export async function writeBackup(request: BackupRequest): Promise<FinishedBackup> {
  const { directory, recipients, keep, files, manifestOf, now } = request;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const lock = await lockDirectory(directory, (holder) => osteonError("backup.in-progress", { ...holder }));
  try {
    for (const name of await readdir(directory)) if (unfinishedName.test(name)) await rm(join(directory, name));
    const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
    const unfinished = join(directory, `.osteon-${stamp}.partial`);
    try {
      const written = await repeatedly(async () => {
        await rm(unfinished, { force: true });
        return writeArchive(unfinished, recipients, files(), manifestOf);
      });
      const name = await publish(unfinished, directory, `osteon-${stamp}`);
      const { manifest, bytes, sha256 } = written;
      const finishedAt = new Date().toISOString();
      const status: BackupStatus = { formatVersion: 1, file: name, finishedAt, bytes, sha256, onAir: manifest.onAir };
      const text = `${JSON.stringify(status, null, 2)}\n`;
      await writeFileAtomically(join(directory, statusName), new TextEncoder().encode(text), 0o644);
      const removed = keep === undefined ? [] : await removeOlder(directory, keep);
      return { path: join(directory, name), manifest, status, removed };
    } finally {
      await rm(unfinished, { force: true });
    }
  } finally {
    await lock.release();
  }
}

/** What the last backup into a directory was; undefined where there was none. */
export async function readBackupStatus(directory: string): Promise<BackupStatus | undefined> {
  try {
    return statusSchema.parse(JSON.parse(await readFile(join(directory, statusName), "utf8")));
  } catch {
    return undefined;
  }
}

async function repeatedly<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      if (code !== "backup.changed-meanwhile" || attempt === attempts) throw error;
    }
  }
}

/** A hard link, unlike a rename, never replaces a backup that is there. */
async function publish(unfinished: string, directory: string, stem: string): Promise<string> {
  for (let number = 1; ; number++) {
    const name = `${stem}${number === 1 ? "" : `-${number}`}.tar.age`;
    try {
      await link(unfinished, join(directory, name));
      await syncFolder(directory);
      return name;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

async function removeOlder(directory: string, keep: number): Promise<readonly string[]> {
  // Their names sort by time; of one second, by number.
  const names = (await readdir(directory)).filter((name) => backupName.test(name));
  const order = new Intl.Collator("en", { numeric: true });
  const stemOf = (name: string) => name.replace(".tar.age", "");
  const oldest = names.sort((a, b) => order.compare(stemOf(b), stemOf(a))).slice(keep);
  for (const name of oldest) await rm(join(directory, name));
  return oldest;
}
