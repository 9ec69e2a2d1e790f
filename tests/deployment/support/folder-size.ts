import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What the files of a folder take, in megabytes (1,000,000 bytes), links not followed. */
export function folderMegabytes(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const bytes = entries.reduce(
    (sum, entry) => (entry.isFile() ? sum + lstatSync(join(entry.parentPath, entry.name)).size : sum),
    0,
  );
  return Math.round(bytes / 1e6);
}
