import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runLayout } from "./run-layout.ts";

/** `.manifest.json.0123456789ab.partial`, and the folders of an export that was being written or replaced. */
const leftover = /^\..+\.(?:[0-9a-f]{12}\.partial|(?:partial|old)-[0-9a-f-]{36})$/;

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
