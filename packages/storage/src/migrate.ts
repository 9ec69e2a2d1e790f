import { sql, type Kysely } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import { osteonError } from "@osteon/errors";

/** What a database is brought to. */
export interface SchemaVersions {
  /**
   * By name; they run in the order of their names and are never changed once released. A name ends with `.from-NNNN`
   * where an Osteon works with the result whose newest migration is NNNN or later: see ADR 10.
   */
  readonly migrations: Readonly<Record<string, Migration>>;
  /** The PostgreSQL schema that the tables and the record of migrations are in. */
  readonly schema: string;
}

/**
 * Brings a database to the newest schema, all or nothing. One that is there already is only read, and so is one that a
 * newer Osteon has changed in ways that this one works with.
 *
 * @param place how messages call the database
 * @throws `storage.newer-schema` where a newer Osteon has changed it in ways that this one does not work with
 */
export async function migrateToNewest<T>(
  database: Kysely<T>,
  { migrations, schema }: SchemaVersions,
  place: string,
): Promise<void> {
  const applied = await appliedMigrations(database, schema);
  const newest = Object.keys(migrations).sort().at(-1)!;
  const newer = applied.filter((name) => !Object.hasOwn(migrations, name));
  const beyond = newer.find((name) => !worksWith(name, newest));
  if (beyond !== undefined) throw osteonError("storage.newer-schema", { place, migration: beyond });
  if (newer.length > 0 || applied.length === Object.keys(migrations).length) return;
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableSchema: schema,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/**
 * Whether an Osteon with `newest` as its newest migration works with a database that a later migration has changed. An
 * earlier version knows nothing of a later migration but the name that stands in the database, so the name says it.
 */
export function worksWith(migration: string, newest: string): boolean {
  const since = /\.from-(\d{4})$/.exec(migration)?.[1];
  return since !== undefined && migration > newest && since <= newest.slice(0, 4);
}

async function appliedMigrations<T>(database: Kysely<T>, schema: string): Promise<readonly string[]> {
  const table = `${schema}.kysely_migration`;
  const found = await sql<{ table: string | null }>`select to_regclass(${table})::text as "table"`.execute(database);
  if (found.rows[0]?.table === null) return [];
  const applied = await sql<{ name: string }>`select name from ${sql.table(table)} order by name`.execute(database);
  return applied.rows.map(({ name }) => name);
}
