import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { osteonError } from "@osteon/errors";
import { isRunning, startOfProcess } from "@osteon/process-identity";

/** Who holds a directory. */
interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** Tells the process from a later one with the same pid; null where the system does not say. */
  readonly processStart: string | null;
  readonly since: string;
  /** Tells two holders in one process apart. */
  readonly token: string;
}

export interface DirectoryLock {
  release(): Promise<void>;
}

/** What is known of the process that has a directory. */
export interface LockHolder {
  readonly directory: string;
  readonly pid: number | string;
  readonly host: string;
  readonly since: string;
  readonly lockFile: string;
}

const takeOverAttempts = 20;
const takeOverPauseMs = 50;
const abandonedGuardMs = 10_000;

/**
 * Takes a directory for this process alone, by a lock file in it. The lock of a process that has
 * died is taken over; that of a living one, or of another host (whose processes cannot be seen from
 * here), is respected.
 *
 * @param refusal makes the error for a directory that is held, for callers whose directory is no database
 * @throws `storage.locked` with pid, host and the file
 */
export async function lockDirectory(
  directory: string,
  refusal: (holder: LockHolder) => Error = (holder) => osteonError("storage.locked", { ...holder }),
): Promise<DirectoryLock> {
  const lockFile = join(directory, "osteon.lock");
  const owner: LockOwner = {
    pid: process.pid,
    host: hostname(),
    processStart: await startOfProcess(process.pid),
    since: new Date().toISOString(),
    token: randomBytes(8).toString("hex"),
  };
  // Complete before it has its name, so that nobody ever reads half a lock.
  const prepared = `${lockFile}.${owner.token}`;
  await writeFile(prepared, JSON.stringify(owner), { flag: "wx" });
  try {
    for (let attempt = 0; attempt < takeOverAttempts; attempt++) {
      if (await linkUnlessTaken(prepared, lockFile)) return releaser(lockFile, owner);
      const holder = await readOwner(lockFile);
      if (typeof holder === "object" && (await isAlive(holder)))
        throw refusal(describeHolder(holder, directory, lockFile));
      await removeDeadLock(lockFile);
      await delay(attempt === 0 ? 0 : takeOverPauseMs);
    }
  } finally {
    await rm(prepared, { force: true });
  }
  throw refusal(describeHolder(await readOwner(lockFile), directory, lockFile));
}

/**
 * Releases a lock that this process still has, for the process whose thread took it and is no more. Only where no
 * thread of it works in the directory.
 *
 * @param before what is to be done while the directory is still locked
 */
export async function releaseOwnLock(directory: string, before: () => Promise<void>): Promise<void> {
  const lockFile = join(directory, "osteon.lock");
  const holder = await readOwner(lockFile);
  if (typeof holder !== "object" || holder.pid !== process.pid || holder.host !== hostname()) return;
  if (!(await isAlive(holder))) return;
  await before();
  await releaser(lockFile, holder).release();
}

/*
 * Removing is where two processes could collide: both find the same dead lock, one replaces it by
 * its own, the other then removes that one. So only the holder of a guard (a folder, which the
 * system makes for one process only) removes, and looks again before it does.
 */
async function removeDeadLock(lockFile: string): Promise<void> {
  const guard = `${lockFile}.takeover`;
  try {
    await mkdir(guard);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
    const made = await stat(guard).catch(() => undefined);
    // Its maker died within the few milliseconds that it lives.
    if (made && Date.now() - made.mtimeMs > abandonedGuardMs) await rmdir(guard).catch(() => undefined);
    return;
  }
  try {
    const holder = await readOwner(lockFile);
    // Where there is none, one may appear at any moment, and must stay.
    if (holder === "none") return;
    if (holder === "unreadable" || !(await isAlive(holder))) await rm(lockFile, { force: true });
  } finally {
    await rmdir(guard).catch(() => undefined);
  }
}

function releaser(lockFile: string, owner: LockOwner): DirectoryLock {
  return {
    async release() {
      const holder = await readOwner(lockFile);
      if (typeof holder !== "object" || holder.token !== owner.token) return;
      // Renamed first: a lock that is being removed can no longer be taken for a held one.
      const removed = `${lockFile}.${owner.token}`;
      await rename(lockFile, removed);
      await rm(removed, { force: true });
    },
  };
}

async function linkUnlessTaken(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** Unreadable: a file is there but no lock of ours (after a power cut, say). */
async function readOwner(lockFile: string): Promise<LockOwner | "none" | "unreadable"> {
  try {
    const value = JSON.parse(await readFile(lockFile, "utf8")) as Partial<LockOwner> | null;
    const { pid, host, processStart = null, since = "an unknown time", token = "" } = value ?? {};
    // Not positive would ask for process groups instead of a process.
    if (!Number.isInteger(pid) || pid === undefined || pid <= 0 || typeof host !== "string") return "unreadable";
    return { pid, host, processStart, since, token };
  } catch (error) {
    if (isCode(error, "ENOENT")) return "none";
    if (error instanceof SyntaxError) return "unreadable";
    throw error;
  }
}

async function isAlive({ pid, host, processStart }: LockOwner): Promise<boolean> {
  if (host !== hostname()) return true;
  if (!isRunning(pid)) return false;
  const start = await startOfProcess(pid);
  // The pid runs, but it may have been given to another process since, after a restart above all.
  return start === null || processStart === null || start === processStart;
}

function describeHolder(holder: LockOwner | "none" | "unreadable", directory: string, lockFile: string): LockHolder {
  if (typeof holder !== "object")
    return { directory, pid: "unknown", host: "this computer", since: "just now", lockFile };
  return { directory, pid: holder.pid, host: holder.host, since: holder.since, lockFile };
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}
