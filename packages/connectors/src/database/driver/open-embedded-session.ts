import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { lockDirectory, openEmbeddedDatabase } from "@osteon/embedded-database";
import { osteonError, OsteonError, translateSystemError } from "@osteon/errors";
import type { SqlSession } from "./sql-session.ts";

/** The embedded database's folder inside the data directory, beside its lock. */
export function embeddedDatabasePath(directory: string): string {
  return join(directory, "database");
}

/**
 * Opens the embedded PostgreSQL of a data directory, for this process alone.
 *
 * @throws connectors.database-absent where there is none, .database-locked while another process has it,
 *   .database-failed where it does not open
 */
export async function openEmbeddedSession(directory: string): Promise<SqlSession> {
  const path = embeddedDatabasePath(directory);
  // Opening would make one, and a mistyped directory would look like an empty hospital.
  if (!existsSync(path)) throw osteonError("connectors.database-absent", { directory });
  return lockedSession(directory, () => openEmbeddedDatabase(path));
}

/**
 * As {@link openEmbeddedSession}, making the database where there is none.
 *
 * @param snapshotFile as `openEmbeddedDatabase` takes it
 */
export async function createEmbeddedSession(directory: string, snapshotFile?: string): Promise<SqlSession> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return lockedSession(directory, () => openEmbeddedDatabase(embeddedDatabasePath(directory), snapshotFile));
}

/** A session with what `open` opens, while the directory is locked. */
async function lockedSession(directory: string, open: () => Promise<PGlite>): Promise<SqlSession> {
  const lock = await lockDirectory(directory, (holder) => osteonError("connectors.database-locked", { ...holder }));
  try {
    const engine = await open();
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => (closing ??= engine.close().finally(() => lock.release()));
    return sessionWith(engine, directory, close);
  } catch (error) {
    await lock.release();
    const known = translateSystemError(error);
    if (known !== undefined || error instanceof OsteonError) throw known ?? error;
    throw osteonError("connectors.database-failed", { place: directory, operation: "open", state: "unknown" });
  }
}

function sessionWith(engine: PGlite, place: string, close: () => Promise<void>): SqlSession {
  return {
    place,
    describe: async (statement) => {
      const { resultFields } = await engine.describeQuery(statement);
      return resultFields.map(({ name, dataTypeID }) => ({ name, typeId: dataTypeID }));
    },
    run: async (statement, parameters = []) => {
      const { rows } = await engine.query<(string | null)[]>(statement, [...parameters], {
        rowMode: "array",
        // Values as the database writes them, whatever their type.
        parsers: new Proxy({}, { get: () => (text: string) => text }),
      });
      return rows;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
