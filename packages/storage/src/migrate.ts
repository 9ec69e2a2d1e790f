import { sql, type Kysely } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import { osteonError } from "@osteon/errors";

/** What a database is brought to. */
export interface SchemaVersions {
  /** By name; they run in the order of their names and are never changed once released. */
  readonly migrations: Readonly<Record<string, Migration>>;
  /** The PostgreSQL schema that the tables and the record of migrations are in. */
  readonly schema: string;
}

/**
 * Brings a database to the newest schema, all or nothing. One that is there already is only read.
 *
 * @param place how messages call the database
 * @throws `storage.newer-schema` where a newer Osteon has been there
 */
export async function migrateToNewest<T>(
  database: Kysely<T>,
  { migrations, schema }: SchemaVersions,
  place: string,
): Promise<void> {
  const applied = await appliedMigrations(database, schema);
  const unknown = applied.find((name) => !Object.hasOwn(migrations, name));
  if (unknown !== undefined) throw osteonError("storage.newer-schema", { place, migration: unknown });
  if (applied.length === Object.keys(migrations).length) return;
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableSchema: schema,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function appliedMigrations<T>(database: Kysely<T>, schema: string): Promise<readonly string[]> {
  const table = `${schema}.kysely_migration`;
  const found = await sql<{ table: string | null }>`select to_regclass(${table})::text as "table"`.execute(database);
  if (found.rows[0]?.table === null) return [];
  const applied = await sql<{ name: string }>`select name from ${sql.table(table)} order by name`.execute(database);
  return applied.rows.map(({ name }) => name);
}
