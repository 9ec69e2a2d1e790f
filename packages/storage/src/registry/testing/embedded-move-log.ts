import { openEmbeddedDatabase } from "@osteon/embedded-database";
import { Kysely, PGliteDialect, sql } from "kysely";
import { registrySchemaName, type RegistrySchema } from "../registry-schema.ts";
import { createSqlMoveLog, migrateRegistry, type SqlMoveLog } from "../sql-move-log.ts";

/** Moves in the embedded database, for suites that are to run where there is no server. */
export async function startEmbeddedMoveLog(directory: string, snapshotFile: string) {
  const engine = await openEmbeddedDatabase(directory, snapshotFile);
  const database = new Kysely<RegistrySchema>({ dialect: new PGliteDialect({ pglite: engine }) });
  const place = "the embedded database";
  return {
    open: async (): Promise<SqlMoveLog> => {
      await migrateRegistry(database, place);
      return createSqlMoveLog(database, place);
    },
    clear: async (): Promise<void> => {
      await sql`drop schema if exists ${sql.id(registrySchemaName)} cascade`.execute(database);
    },
    close: (): Promise<void> => engine.close(),
  };
}
