import { createHash } from "node:crypto";
import type { SqlSession } from "./driver/sql-session.ts";
import { withQuerySet, type DatabaseReadingOptions, type QuerySetIn } from "./read-database.ts";
import { sourceOf, type MappedTable } from "./tables/query-table.ts";
import type { MappedMatrix } from "./tables/query-matrix.ts";

/**
 * A digest of what {@link readDatabase} would read: it changes where a row of it does, whatever the rows' order.
 * The database hashes the rows itself, so that they stay where they are.
 *
 * @throws what {@link withQuerySet} throws
 */
export function fingerprintDatabase(
  session: SqlSession,
  querySet: QuerySetIn,
  options: DatabaseReadingOptions = {},
): Promise<string> {
  return withQuerySet(session, querySet, options, async ({ snapshot, mapped }) => {
    const hash = createHash("sha256");
    for (const [part, source] of Object.entries(mapped)) {
      if (source === undefined) continue;
      const { query, columns } = source;
      const read = positionsRead(source);
      hash.update(JSON.stringify([part, read.map((position) => columns[position])]));
      const row = `row(${read.map((position) => `c${position + 1}::text`).join(", ")})::text`;
      const statement =
        `select count(*)::text, sum(hashtextextended(${row}, 0)::numeric)::text, ` +
        `sum(hashtextextended(${row}, 1)::numeric)::text from ${sourceOf(query, columns)}`;
      for await (const batch of snapshot.batches(query, statement, 3)) hash.update(JSON.stringify(batch));
    }
    return hash.digest("hex");
  });
}

/** Positions of the columns that are read. */
function positionsRead(source: MappedTable | MappedMatrix): readonly number[] {
  if ("mapping" in source) return [...source.mapping.taken.values()];
  const { form: _, ...positions } = source.shape;
  return Object.values(positions).flat();
}
