import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { releaseOwnLock } from "@osteon/embedded-database";
import { runLayout } from "./run-layout.ts";

/** `.manifest.json.0123456789ab.partial`, and the folders of an export that was being written or replaced. */
const leftover = /^\..+\.(?:[0-9a-f]{12}\.partial|(?:partial|old)-[0-9a-f-]{36})$/;

/**
 * For the process whose thread worked in a run directory and was stopped: removes what the thread left half-written,
 * and its lock. Does nothing where the lock is another process's, or was released.
 */
export async function clearStoppedRun(directory: string): Promise<void> {
  await releaseOwnLock(directory, () => removeLeftovers(directory));
}

/** Folders of a run that files are written into. */
const folders = [...new Set(Object.values(runLayout).map((path) => dirname(path))), runLayout.synthetic];

/**
 * Removes what a process that was killed left half-written. Only while the run directory is locked: then
 * nobody is writing.
 */
export async function removeLeftovers(directory: string): Promise<void> {
  for (const folder of folders) {
    const names = await readdir(join(directory, folder)).catch(() => []);
    for (const name of names.filter((candidate) => leftover.test(candidate))) {
      await rm(join(directory, folder, name), { recursive: true, force: true });
    }
  }
}
