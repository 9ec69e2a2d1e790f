import { sql, type Kysely } from "kysely";
import { osteonError } from "@osteon/errors";
import { databaseErrors } from "../database-errors.ts";
import { worksWith } from "../migrate.ts";
import type { LedgerSchema } from "./ledger-schema.ts";
import { migrations } from "./migrations/index.ts";

/** In the order in which rows can be put in, those that are referred to first. */
const tables = ["run", "run_step", "score", "model"] as const;
const jsonColumns: readonly string[] = ["options", "detail"];

type Row = Readonly<Record<string, string | number | boolean | null | object>>;

/** Every row of a ledger as JSON holds it, for a backup. */
export interface LedgerRows {
  /** The newest migration that the tables had. */
  readonly schema: string;
  readonly rows: Readonly<Record<(typeof tables)[number], readonly Row[]>>;
}

export interface LedgerRowsRepository {
  /** All rows of one moment. */
  exportRows(): Promise<LedgerRows>;
  /** Puts rows into a ledger that has none, all or nothing. @throws `storage.newer-schema`, `storage.failed` */
  importRows(rows: LedgerRows): Promise<void>;
}

/** All SQL about a ledger as a whole. */
export function createLedgerRowsRepository(database: Kysely<LedgerSchema>, place: string): LedgerRowsRepository {
  const newest = Object.keys(migrations).sort().at(-1)!;
  return {
    exportRows: () =>
      databaseErrors("be backed up", "", () =>
        database
          .transaction()
          .setIsolationLevel("repeatable read")
          .execute(async (transaction) => {
            const rows: Record<string, readonly Row[]> = {};
            for (const table of tables) {
              const found = (await transaction.selectFrom(table).selectAll().execute()) as unknown as Row[];
              rows[table] = found.map((row) =>
                mapRow(row, (_, value) => (typeof value === "bigint" ? Number(value) : value)),
              );
            }
            return { schema: newest, rows: rows as LedgerRows["rows"] };
          }),
      ),
    importRows: async ({ schema, rows }) => {
      // Rows of an older schema fit a newer one, whose new columns have defaults. The other way round they do where the
      // newer schema is one that this Osteon works with: what it does not know is left out then.
      const isNewer = !Object.hasOwn(migrations, schema);
      if (isNewer && !worksWith(schema, newest)) {
        throw osteonError("storage.newer-schema", { place, migration: schema });
      }
      await databaseErrors("be restored", "", () =>
        database.transaction().execute(async (transaction) => {
          for (const table of tables) {
            const known = isNewer ? await columnsOf(transaction, table) : undefined;
            for (const given of rows[table]) {
              const row = known === undefined ? given : keepColumns(given, known);
              const values = mapRow(row, (name, value) => (jsonColumns.includes(name) ? JSON.stringify(value) : value));
              await transaction
                .insertInto(table)
                .values(values as never)
                .execute();
            }
          }
        }),
      );
    },
  };
}

async function columnsOf(database: Kysely<LedgerSchema>, table: string): Promise<ReadonlySet<string>> {
  const found = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = ${table}`.execute(database);
  return new Set(found.rows.map(({ name }) => name));
}

function keepColumns(row: Row, known: ReadonlySet<string>): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => known.has(name)));
}

function mapRow(row: Row, change: (name: string, value: Row[string]) => Row[string]): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, change(name, value)]));
}
