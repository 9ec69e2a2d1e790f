import { logTpmContract, tpmContract, zScoreContract, type SourceExtract } from "@osteon/deidentification";
import { readCohort } from "../reading/read-cohort.ts";
import type { SampleTable } from "../reading/read-clinical.ts";
import { createReadingContext, type ReadingOptions } from "../reading/reading-context.ts";
import type { SequencingStatus } from "../reading/sequencing-status.ts";
import type { SqlSession } from "./driver/sql-session.ts";
import { withSnapshot, type Snapshot } from "./driver/snapshot.ts";
import { mapQuerySet } from "./map-query-set.ts";
import type { QuerySet, SourceExpressionUnit } from "./queries/query.ts";
import { columnsError } from "./tables/query-faults.ts";
import { openQueryMatrix } from "./tables/query-matrix.ts";
import { openQueryTable } from "./tables/query-table.ts";

/** Makes the query set once the snapshot can be looked at, for sets that depend on which tables are there. */
export type QuerySetIn = (snapshot: Snapshot) => Promise<QuerySet>;

export interface DatabaseReadingOptions extends ReadingOptions {
  /** Longest that one statement may take; 10 minutes by default. */
  readonly statementTimeoutSeconds?: number | undefined;
}

const defaultStatementTimeoutSeconds = 600;

/** Unit in the database, of the unit that the query set states. */
const contracts = { "log2(TPM+1)": logTpmContract, TPM: tpmContract, "z-score": zScoreContract } as const;

/**
 * Reads a cohort from a database: every query of the set at one snapshot, checked by its columns before any row
 * is read, streamed by cursors. Nothing is written, whatever the queries say.
 *
 * @throws connectors.query-columns with all that is wrong with the queries; what {@link readCohort} and
 *   {@link withSnapshot} throw
 */
export async function readDatabase(
  session: SqlSession,
  querySet: QuerySetIn,
  options: DatabaseReadingOptions = {},
): Promise<SourceExtract> {
  const context = createReadingContext(options);
  const { statementTimeoutSeconds = defaultStatementTimeoutSeconds, signal } = options;
  return withSnapshot(session, { statementTimeoutSeconds, signal }, async (snapshot) => {
    const { mapped, faults } = await mapQuerySet(snapshot, await querySet(snapshot), context.fieldsToRemove);
    if (mapped === undefined) throw columnsError(faults);
    const { patients, samples, mutations, copyNumber, expression } = mapped;
    for (const [what, matrix] of Object.entries({ "Copy number": copyNumber, Expression: expression })) {
      if (matrix !== undefined) context.notes.push(`${what} was read in the ${matrix.shape.form} form.`);
    }
    return readCohort(context, {
      patients: openQueryTable(snapshot, patients),
      samples: samples && openQueryTable(snapshot, samples),
      mutations: openQueryTable(snapshot, mutations),
      readSequencingStatus: (table) => Promise.resolve(statedSequencing(table)),
      copyNumber: copyNumber && openQueryMatrix(snapshot, copyNumber),
      expression: expression && {
        matrix: openQueryMatrix(snapshot, expression),
        contract: contracts[expression.unit],
        unit: cohortUnitOf(expression.unit),
      },
    });
  });
}

function cohortUnitOf(unit: SourceExpressionUnit): "log2(TPM+1)" | "z-score" {
  return unit === "z-score" ? "z-score" : "log2(TPM+1)";
}

/** What the samples say of themselves; a database has no list of cases beside them. */
function statedSequencing({ samples }: SampleTable): SequencingStatus {
  return (id) => {
    const stated = samples.get(id)?.exomeSequenced ?? -1;
    return stated < 0 ? undefined : stated === 1;
  };
}
