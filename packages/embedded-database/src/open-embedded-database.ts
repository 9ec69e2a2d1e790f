import { randomBytes } from "node:crypto";
import { access, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { PGlite } from "@electric-sql/pglite";

/**
 * Opens the embedded PostgreSQL in a directory, creating it where there is none. The caller holds
 * the lock: PGlite has none of its own, and two processes on one directory lose writes.
 *
 * Creating takes some seconds, nearly all of it `initdb`, whose result is always the same.
 *
 * @param snapshotFile where to keep that result for the next creation, which then takes a fraction
 *   of a second; a missing or unreadable file is made anew
 */
export async function openEmbeddedDatabase(directory: string, snapshotFile?: string): Promise<PGlite> {
  if (!(await exists(directory))) await createDatabase(directory, snapshotFile);
  return (await loadPGlite()).create(directory);
}

/** Not at the top: who wants a directory's lock alone need not wait for a database to load. */
async function loadPGlite(): Promise<typeof PGlite> {
  return (await import("@electric-sql/pglite")).PGlite;
}

/** Creates under another name first, so that a crash leaves no half-made database behind. */
async function createDatabase(directory: string, snapshotFile: string | undefined): Promise<void> {
  const partial = `${directory}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(dirname(directory), { recursive: true });
  const snapshot = snapshotFile === undefined ? undefined : await readSnapshot(snapshotFile);
  if (snapshot === undefined || !(await restore(partial, snapshot))) {
    const database = await (await loadPGlite()).create(partial);
    if (snapshotFile !== undefined) await keepSnapshot(database, snapshotFile);
    await database.close();
  }
  await rename(partial, directory);
}

async function restore(partial: string, snapshot: Blob): Promise<boolean> {
  try {
    const database = await (await loadPGlite()).create(partial, { loadDataDir: snapshot });
    await database.query("select 1");
    await database.close();
    return true;
  } catch {
    // A damaged snapshot costs time, not the run.
    await rm(partial, { recursive: true, force: true });
    return false;
  }
}

async function readSnapshot(file: string): Promise<Blob | undefined> {
  try {
    // Unpacked and so checked here: PGlite's own unpacking of a damaged file ends the process.
    return new Blob([await promisify(gunzip)(await readFile(file))], { type: "application/x-tar" });
  } catch {
    return undefined;
  }
}

async function keepSnapshot(database: PGlite, file: string): Promise<void> {
  const snapshot = await database.dumpDataDir("gzip");
  const temporary = `${file}.${randomBytes(6).toString("hex")}.partial`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, new Uint8Array(await snapshot.arrayBuffer()), { flag: "wx", mode: 0o600 });
    await rename(temporary, file);
  } catch {
    // Only a saving of time for later: a folder that cannot be written to is no reason to stop.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
