import { existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { lockDirectory } from "@osteon/embedded-database";
import { osteonError } from "@osteon/errors";
import { syncFolder } from "@osteon/registry";

export interface RestoredDirectory {
  /** Where the data that were there before are now; undefined where there were none. */
  readonly movedAside: string | undefined;
}

/**
 * Fills a fresh directory beside the one that is to be restored, and puts it in its place once it is whole. Until
 * then, and if filling fails or the process is killed, what was there stays where it is.
 *
 * There is one moment, between two renames, in which the directory has neither name; who is killed then finds the
 * old data under `NAME.before-restore-…`, and the next restoration begins by putting them back.
 *
 * @param force whether data that are there are moved aside
 * @throws `backup.target`, `backup.in-progress`, what `fill` throws, and the system's errors
 */
export async function restoreDirectory(
  target: string,
  force: boolean,
  now: Date,
  fill: (fresh: string) => Promise<void>,
): Promise<RestoredDirectory> {
  const directory = resolve(target);
  const parent = dirname(directory);
  const fresh = join(parent, `.${basename(directory)}.restoring`);
  await mkdir(parent, { recursive: true });
  const wasKilled = existsSync(fresh);
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  const lock = await lockDirectory(fresh, (holder) => osteonError("backup.in-progress", { ...holder }));
  try {
    try {
      // Under the lock: another restoration that is at work is no killed one.
      if (wasKilled) await putBack(directory);
      await refuseData(directory, force);
      for (const name of await readdir(fresh)) {
        if (name !== "osteon.lock") await rm(join(fresh, name), { recursive: true });
      }
      await fill(fresh);
      await refuseData(directory, force);
    } finally {
      await lock.release();
    }
    return { movedAside: await swap(fresh, directory, now) };
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Writes a file of a directory that is being filled, and waits until it is on the disk. */
export async function writeRestoredFile(
  directory: string,
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const destination = join(directory, path);
  await mkdir(dirname(destination), { recursive: true, mode: 0o700 });
  await using file = await open(destination, "wx", 0o600);
  for await (const chunk of chunks) await file.write(chunk);
  await file.sync();
}

async function swap(fresh: string, directory: string, now: Date): Promise<string | undefined> {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  let aside: string | undefined;
  if (existsSync(directory)) {
    if ((await readdir(directory)).length === 0) {
      await rmdir(directory);
    } else {
      aside = `${directory}.before-restore-${stamp}`;
      for (let number = 2; existsSync(aside); number++) aside = `${directory}.before-restore-${stamp}-${number}`;
      await rename(directory, aside);
    }
  }
  try {
    await rename(fresh, directory);
  } catch (error) {
    if (aside !== undefined) await rename(aside, directory);
    throw error;
  }
  await syncFolder(dirname(directory));
  return aside;
}

/** A restoration was killed between its two renames: both directories are there, neither under its name. */
async function putBack(directory: string): Promise<void> {
  if (existsSync(directory)) return;
  const prefix = `${basename(directory)}.before-restore-`;
  const newest = (await readdir(dirname(directory)))
    .filter((name) => name.startsWith(prefix))
    .sort()
    .at(-1);
  if (newest !== undefined) await rename(join(dirname(directory), newest), directory);
}

async function refuseData(directory: string, force: boolean): Promise<void> {
  if (force || !existsSync(directory)) return;
  if ((await readdir(directory)).length > 0) throw osteonError("backup.target", { directory });
}
