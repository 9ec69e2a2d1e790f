import type { SourceRow, SourceTable } from "../../reading/source-table.ts";
import type { Snapshot } from "../driver/snapshot.ts";
import type { Query } from "../queries/query.ts";
import type { TableMapping } from "./map-table.ts";
import type { QueryColumn } from "./result-type.ts";

/** A table that a query gives, with the columns that are taken of it. */
export interface MappedTable {
  readonly query: Query;
  readonly columns: readonly QueryColumn[];
  readonly mapping: TableMapping;
  /** Contract's names of the columns that decide the order of the rows. */
  readonly order: readonly string[];
}

/**
 * The table as its readers want it. A column that is not taken is not asked for: it never leaves the database,
 * and of it the alarm sees the name alone. Rows come in the order of the columns named, so that two readings of
 * the same data are the same, and row n of an error can be found.
 */
export function openQueryTable(snapshot: Snapshot, table: MappedTable): SourceTable {
  return { name: table.query.name, rows: readRows(snapshot, table) };
}

async function* readRows(snapshot: Snapshot, table: MappedTable): AsyncGenerator<SourceRow> {
  const { query, columns, mapping, order } = table;
  const { headers, taken } = mapping;
  yield { line: 0, cells: headers };
  const positions = [...taken.values()];
  const expressions = positions.map((position) => textOf(position, columns[position]!));
  const keys = order.flatMap((name) => taken.get(name) ?? []).map((position) => `c${position + 1}::text collate "C"`);
  const statement = `select ${expressions.join(", ")} from ${sourceOf(query, columns)} order by ${keys.join(", ")}`;
  let line = 0;
  for await (const batch of snapshot.batches(query, statement, expressions.length)) {
    for (const row of batch) {
      const cells = Array.from<string>({ length: headers.length }).fill("");
      positions.forEach((position, i) => (cells[position] = row[i] ?? ""));
      yield { line: ++line, cells };
    }
  }
}

/** The query in a FROM clause, its columns called c1, c2, … whatever names they have, or share. */
export function sourceOf(query: Query, columns: readonly QueryColumn[]): string {
  return `(\n${query.text}\n) as source(${columns.map((_, i) => `c${i + 1}`).join(", ")})`;
}

/** A column as text; of a time the day alone. */
function textOf(position: number, { family }: QueryColumn): string {
  return family === "date" ? `c${position + 1}::date::text` : `c${position + 1}::text`;
}
