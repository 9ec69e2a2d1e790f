import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { osteonError } from "@osteon/errors";

export interface ReplaceOptions {
  /** Put the new folder in the place of an earlier one. */
  readonly replace: boolean;
  /** A file that every folder of this kind has; a folder without it is somebody's, and is not replaced. */
  readonly mark: string;
}

/**
 * Fills a folder in one step: `fill` writes into a new folder beside the target, which takes the target's
 * name only when it is whole. After an error, a signal or a kill the target is as it was.
 *
 * @throws connectors.export-target-not-empty, .export-target-not-ours
 */
export async function replaceDirectory(
  target: string,
  options: ReplaceOptions,
  fill: (directory: string) => Promise<void>,
): Promise<void> {
  const directory = resolve(target);
  const present = await listTarget(directory);
  if (present.length > 0) {
    if (!options.replace) throw osteonError("connectors.export-target-not-empty", { directory: target });
    if (!present.includes(options.mark)) throw osteonError("connectors.export-target-not-ours", { directory: target });
  }
  const parent = dirname(directory);
  const suffix = randomUUID();
  const partial = join(parent, `.${basename(directory)}.partial-${suffix}`);
  const old = join(parent, `.${basename(directory)}.old-${suffix}`);
  await mkdir(parent, { recursive: true });
  await mkdir(partial);
  try {
    await fill(partial);
    const exists = await stat(directory).then(
      () => true,
      () => false,
    );
    if (exists) await rename(directory, old);
    try {
      await rename(partial, directory);
    } catch (error) {
      if (exists) await rename(old, directory);
      throw error;
    }
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

async function listTarget(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") throw osteonError("connectors.export-target-not-empty", { directory });
    throw error;
  }
}
