import type { Kysely } from "kysely";
import { migrateToNewest } from "../migrate.ts";
import { registryMigrations, registrySchemaName, type RegistrySchema } from "./registry-schema.ts";

/** The moves of a registry in SQL: what the registry's own `MoveLog` asks for, and what a restoration needs. */
export interface SqlMoveLog {
  /** How messages call it. */
  readonly name: string;
  /** Every envelope in order, not checked yet; of one moment, as it is one statement. */
  list(): Promise<readonly unknown[]>;
  /** False, and nothing changed, where somebody else made move number `sequence` first. */
  append(sequence: number, envelope: object): Promise<boolean>;
  /** Puts a whole history in the place of the one there is, in one transaction: for a restoration alone. */
  replaceAll(envelopes: readonly unknown[]): Promise<void>;
}

/** Brings the registry's schema to its newest version. @throws `storage.newer-schema` */
export function migrateRegistry(database: Kysely<RegistrySchema>, place: string): Promise<void> {
  return migrateToNewest(database, { migrations: registryMigrations, schema: registrySchemaName }, place);
}

/** All SQL about moves, over any database that was migrated. It lets the database's own errors through. */
export function createSqlMoveLog(anyDatabase: Kysely<RegistrySchema>, name: string): SqlMoveLog {
  const database = anyDatabase.withSchema(registrySchemaName);
  return {
    name,
    list: async () => {
      const rows = await database.selectFrom("move").select("envelope").orderBy("sequence").execute();
      // What is no JSON was altered in the database, and is refused as no envelope by whoever checks signatures.
      return rows.map(({ envelope }) => parseOrText(envelope));
    },
    append: async (sequence, envelope) => {
      const rows = await database
        .insertInto("move")
        .values({ sequence, envelope: JSON.stringify(envelope) })
        .onConflict((conflict) => conflict.column("sequence").doNothing())
        .returning("sequence")
        .execute();
      return rows.length === 1;
    },
    replaceAll: (envelopes) =>
      database.transaction().execute(async (transaction) => {
        await transaction.deleteFrom("move").execute();
        for (const [index, envelope] of envelopes.entries()) {
          const values = { sequence: index + 1, envelope: JSON.stringify(envelope) };
          await transaction.insertInto("move").values(values).execute();
        }
      }),
  };
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
