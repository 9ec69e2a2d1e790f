import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { osteonError } from "@osteon/errors";
import { migrations } from "./migrations/index.ts";
import type { LedgerSchema } from "./schema.ts";

/**
 * Brings a database to the newest schema, all or nothing.
 *
 * @throws `storage.newer-schema` where a newer Osteon has been there
 */
export async function migrateToNewest(database: Kysely<LedgerSchema>, directory: string): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  const unknown = await findUnknownMigration(database);
  if (unknown !== undefined) throw osteonError("storage.newer-schema", { directory, migration: unknown });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Name of an applied migration that this Osteon does not have. */
async function findUnknownMigration(database: Kysely<LedgerSchema>): Promise<string | undefined> {
  const tables = await database.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === "kysely_migration")) return undefined;
  const applied = await database
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom("kysely_migration")
    .select("name")
    .execute();
  return applied.map(({ name }) => name).find((name) => !Object.hasOwn(migrations, name));
}
