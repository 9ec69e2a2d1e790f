import { publishableHeader } from "@osteon/deidentification";
import type { SqlSession } from "./driver/sql-session.ts";
import { withSnapshot, type Snapshot } from "./driver/snapshot.ts";
import { mapQuerySet } from "./map-query-set.ts";
import type { QuerySet } from "./queries/query.ts";
import type { DatabaseReadingOptions, QuerySetIn } from "./read-database.ts";
import type { MappedMatrix } from "./tables/query-matrix.ts";
import { sourceOf, type MappedTable } from "./tables/query-table.ts";

/** What one query of a set gives. */
interface QueryCheck {
  readonly part: string;
  readonly query: string;
  readonly rows: number;
  /** long, arrays or wide; null of a table. */
  readonly form: string | null;
  /** Columns that are taken, by the contract's name and their own; that of a patient's column is an id and withheld. */
  readonly taken: readonly { readonly column: string; readonly name: string; readonly ordinal: number }[];
  /** Columns that are not asked for. */
  readonly dropped: readonly string[];
}

/** What a database would give, found out without reading a patient's row. */
export interface DatabaseCheck {
  readonly place: string;
  readonly queries: readonly QueryCheck[];
  /** Parts that the database does not have. */
  readonly absent: readonly string[];
  readonly leftOut: readonly { readonly reason: string; readonly count: number }[];
  /** What is wrong, in sentences: nothing can be read until it is mended. */
  readonly faults: readonly string[];
  /** Rights of the role that reading does not need. */
  readonly excessRights: readonly string[];
}

/**
 * Connects, holds the queries against their contracts and counts rows. Faults of queries are an answer here, no
 * exception.
 *
 * @throws what {@link withSnapshot} throws
 */
export function checkDatabase(
  session: SqlSession,
  querySet: QuerySetIn,
  options: DatabaseReadingOptions & { readonly isEmbedded: boolean },
): Promise<DatabaseCheck> {
  const { statementTimeoutSeconds = 600, signal } = options;
  return withSnapshot(session, { statementTimeoutSeconds, signal }, async (snapshot) => {
    const set = await querySet(snapshot);
    const { parts, faults } = await mapQuerySet(snapshot, set, options.fieldsToRemove ?? []);
    const queries: QueryCheck[] = [];
    for (const [part, source] of Object.entries(parts)) queries.push(await describePart(snapshot, part, source));
    const optional = ["samples", "copyNumber", "expression"] as const satisfies readonly (keyof QuerySet)[];
    return {
      place: session.place,
      queries,
      absent: optional.filter((part) => set[part] === undefined),
      leftOut: (set.leftOut ?? []).filter(({ count }) => count > 0),
      faults: faults.map(({ query, sentence }) => `${query} ${sentence}`),
      excessRights: options.isEmbedded ? [] : await listExcessRights(snapshot),
    };
  });
}

async function describePart(snapshot: Snapshot, part: string, source: MappedTable | MappedMatrix): Promise<QueryCheck> {
  const { query, columns } = source;
  let rows = 0;
  const statement = `select count(*)::text from ${sourceOf(query, columns)}`;
  for await (const batch of snapshot.batches(query, statement, 1)) rows = Number(batch[0]![0]);
  const taken = takenColumns(source);
  const ordinals = new Set(taken.map(({ ordinal }) => ordinal));
  const dropped = columns.flatMap(({ name }, position) =>
    ordinals.has(position + 1) ? [] : [publishableHeader(name, position + 1)],
  );
  return { part, query: query.name, rows, form: "shape" in source ? source.shape.form : null, taken, dropped };
}

function takenColumns(source: MappedTable | MappedMatrix): QueryCheck["taken"] {
  const named = (column: string, position: number) => {
    const ordinal = position + 1;
    return { column, name: publishableHeader(source.columns[position]!.name, ordinal), ordinal };
  };
  if ("mapping" in source) return [...source.mapping.taken].map(([column, position]) => named(column, position));
  const { shape } = source;
  switch (shape.form) {
    case "long":
      return [named("gene", shape.gene), named("patient or sample", shape.owner), named("value", shape.value)];
    case "arrays":
      return [named("gene", shape.gene), named("patients or samples", shape.owners), named("values", shape.values)];
    case "wide":
      return [
        named("gene", shape.gene),
        ...shape.owners.map((position) => ({ column: "a patient or sample", name: "", ordinal: position + 1 })),
      ];
  }
}

/** Rights that make a mistake, or a stolen password, worse than it needs to be. */
async function listExcessRights(snapshot: Snapshot): Promise<readonly string[]> {
  const [[superuser, programs, writable] = []] = await snapshot.all(
    "select (select rolsuper from pg_catalog.pg_roles where rolname = current_user)::text, " +
      "(select bool_or(pg_has_role(current_user, r.oid, 'usage')) from pg_catalog.pg_roles r where r.rolname in " +
      "('pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files', 'pg_write_all_data'))::text, " +
      "(select count(*) from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace " +
      "where c.relkind in ('r', 'p', 'v', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' " +
      "and has_table_privilege(c.oid, 'insert, update, delete, truncate'))::text",
  );
  if (superuser === "true") return ["is a superuser"];
  return [
    ...(programs === "true" ? ["may use files or programs of the server, or write all data"] : []),
    ...(Number(writable) > 0 ? [`may change ${writable} tables or views`] : []),
  ];
}
