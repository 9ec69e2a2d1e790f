import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Apart from whatever else is in the database, so that rights can be given for it alone. */
export const registrySchemaName = "osteon_registry";

interface MoveTable {
  sequence: number;
  /** The signed envelope as JSON text, as it was appended. */
  envelope: string;
}

/** The tables as they are after the last migration. */
export interface RegistrySchema {
  move: MoveTable;
}

const moves: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await database.schema
      .withSchema(registrySchemaName)
      .createTable("move")
      // Its uniqueness makes appending atomic: of two moves of one number the second is refused.
      .addColumn("sequence", "integer", (column) => column.primaryKey().check(sql`sequence >= 1`))
      .addColumn("envelope", "text", (column) => column.notNull())
      .execute();
  },
};

/** Every migration by name. They run in the order of their names and are never changed once released. */
export const registryMigrations: Readonly<Record<string, Migration>> = { "0001-moves": moves };
