import type { SourceExtract } from "@osteon/deidentification";
import { expressionContracts, expressionOf } from "../reading/expression-units.ts";
import { readCohort } from "../reading/read-cohort.ts";
import type { SampleTable } from "../reading/read-clinical.ts";
import { createReadingContext, refuseRows, type ReadingOptions } from "../reading/reading-context.ts";
import type { SequencingStatus } from "../reading/sequencing-status.ts";
import type { SqlSession } from "./driver/sql-session.ts";
import { withSnapshot, type Snapshot, type SnapshotOptions } from "./driver/snapshot.ts";
import { mapQuerySet, type MappedQuerySet } from "./map-query-set.ts";
import type { QuerySet } from "./queries/query.ts";
import { columnsError } from "./tables/query-faults.ts";
import { openQueryMatrix } from "./tables/query-matrix.ts";
import { openQueryTable } from "./tables/query-table.ts";

/** Makes the query set once the snapshot can be looked at, for sets that depend on which tables are there. */
export type QuerySetIn = (snapshot: Snapshot) => Promise<QuerySet>;

export interface DatabaseReadingOptions
  extends Omit<ReadingOptions, "onProgress">, Partial<Pick<SnapshotOptions, "statementTimeoutSeconds" | "onRows">> {}

/** A query set that fits its contract, within the snapshot that it is to be read at. */
export interface OpenedQuerySet {
  readonly snapshot: Snapshot;
  readonly queries: QuerySet;
  readonly mapped: MappedQuerySet;
}

const defaultStatementTimeoutSeconds = 600;

/**
 * Reads a cohort from a database: every query of the set at one snapshot, checked by its columns before any row
 * is read, streamed by cursors. Nothing is written, whatever the queries say.
 *
 * @throws what {@link withQuerySet} and {@link readCohort} throw
 * @example const extract = await readDatabase(session, (snapshot) => defaultQuerySet(snapshot, options));
 */
export function readDatabase(
  session: SqlSession,
  querySet: QuerySetIn,
  options: DatabaseReadingOptions = {},
): Promise<SourceExtract> {
  return withQuerySet(session, querySet, options, (opened) => readQuerySet(opened, options));
}

/**
 * Opens a snapshot, makes the query set and holds it against its contract, for the time of `use`.
 *
 * @throws connectors.query-columns with all that is wrong with the queries; what {@link withSnapshot} and `use` throw
 */
export function withQuerySet<T>(
  session: SqlSession,
  querySet: QuerySetIn,
  options: DatabaseReadingOptions,
  use: (opened: OpenedQuerySet) => Promise<T>,
): Promise<T> {
  const { statementTimeoutSeconds = defaultStatementTimeoutSeconds, signal, onRows } = options;
  return withSnapshot(session, { statementTimeoutSeconds, signal, onRows }, async (snapshot) => {
    const queries = await querySet(snapshot);
    const { mapped, faults } = await mapQuerySet(snapshot, queries, options.fieldsToRemove ?? []);
    if (mapped === undefined) throw columnsError(faults);
    return use({ snapshot, queries, mapped });
  });
}

/** Reads the cohort of an opened set. */
async function readQuerySet(
  { snapshot, queries, mapped }: OpenedQuerySet,
  options: DatabaseReadingOptions,
): Promise<SourceExtract> {
  const context = createReadingContext(options);
  const { patients, samples, mutations, copyNumber, expression } = mapped;
  const [[version] = [null]] = await snapshot.all("select current_setting('server_version')");
  context.notes.push(`Read from PostgreSQL ${/^[\w.]+/.exec(version ?? "")?.[0] ?? ""}, all tables at one snapshot.`);
  for (const [what, matrix] of [["copy number", copyNumber] as const, ["expression", expression] as const]) {
    if (matrix !== undefined) context.notes.push(`The ${what} query has the ${matrix.shape.form} form.`);
  }
  for (const { reason, count } of queries.leftOut ?? []) refuseRows(context, "clinical-patient", reason, count);
  return readCohort(context, {
    patients: openQueryTable(snapshot, patients),
    samples: samples && openQueryTable(snapshot, samples),
    mutations: openQueryTable(snapshot, mutations),
    readSequencingStatus: (table) => Promise.resolve(statedSequencing(table)),
    copyNumber: copyNumber && openQueryMatrix(snapshot, copyNumber),
    expression: expression && expressionOf(openQueryMatrix(snapshot, expression), expressionContracts[expression.unit]),
  });
}

/** What the samples say of themselves; a database has no list of cases beside them. */
function statedSequencing({ samples }: SampleTable): SequencingStatus {
  return (id) => {
    const stated = samples.get(id)?.exomeSequenced ?? -1;
    return stated < 0 ? undefined : stated === 1;
  };
}
