import { summariseCohort, type CohortSummary } from "@osteon/cohort";
import type { DatabaseCheck } from "@osteon/connectors";
import type { ServerAddress } from "@osteon/database-server";
import type { Configuration } from "@osteon/contracts";
import type { IdentifierFinding, Refusal, SourceColumn, SourceExtract } from "@osteon/deidentification";
import { readGeneNames } from "../gene-names.ts";
import { openSource } from "./open-source.ts";
import { checkPostgresSource, isDatabase } from "./postgres-source.ts";

/** What a source would give; counts and names of columns, nothing of a patient. */
export interface SourceCheck {
  readonly source: Configuration["data"]["source"];
  /** Undefined where the source is no database. */
  readonly database: DatabaseCheck | undefined;
  /** What a whole reading gave; undefined where the queries are not fit for it, or it was not asked for. */
  readonly reading: SourceReading | undefined;
}

interface SourceReading {
  readonly cohort: CohortSummary;
  readonly columns: readonly SourceColumn[];
  readonly findings: readonly IdentifierFinding[];
  readonly refusals: readonly Refusal[];
  readonly notes: readonly string[];
}

export interface SourceCheckRequest {
  readonly configuration: Configuration;
  readonly databaseAddress: ServerAddress | undefined;
  /** Leaves the reading of rows out. */
  readonly columnsOnly: boolean;
  readonly signal: AbortSignal;
  readonly progress: (message: string) => void;
}

/**
 * Connects to the configured source, looks at what maps and what is missing, and reads it whole to find out what
 * would be dropped. Keeps nothing and changes nothing.
 *
 * @throws what reading the source throws
 */
export async function checkSource(request: SourceCheckRequest): Promise<SourceCheck> {
  const { configuration, databaseAddress, columnsOnly, signal, progress } = request;
  const { data, phi_removal: removal } = configuration;
  const geneNames = await readGeneNames(configuration);
  const options = { fieldsToRemove: removal.fields_to_remove, geneNames, signal, progress };
  if (isDatabase(data)) {
    const { database, extract } = await checkPostgresSource(data, databaseAddress, { ...options, columnsOnly });
    return { source: data.source, database, reading: extract && describeExtract(extract) };
  }
  const reading = columnsOnly ? undefined : describeExtract(await openSource(data).read(options));
  return { source: data.source, database: undefined, reading };
}

function describeExtract({ cohort, columns, findings, refusals, notes }: SourceExtract): SourceReading {
  return { cohort: summariseCohort(cohort), columns, findings, refusals, notes };
}
