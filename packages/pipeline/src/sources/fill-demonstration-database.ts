import { simulateDemonstrationCohort } from "@osteon/cohort";
import { createExampleDatabase } from "@osteon/connectors";
import type { ServerAddress } from "@osteon/database-server";
import type { Configuration } from "@osteon/contracts";

export interface DemonstrationDatabaseRequest {
  readonly data: Configuration["data"];
  /** Schema to make. */
  readonly schema: string;
  /** Undefined: the embedded database of the directory, which must hold none yet. */
  readonly address: ServerAddress | undefined;
  readonly directory: string;
  /** As `openEmbeddedDatabase` takes it. */
  readonly emptyDatabaseFile: string;
}

/**
 * Fills a database with the example schema and the demonstration cohort.
 *
 * @throws connectors.example-exists, and what connecting throws
 */
export async function fillDemonstrationDatabase(
  request: DemonstrationDatabaseRequest,
): Promise<{ readonly place: string; readonly patients: number }> {
  const { data, schema, address, directory, emptyDatabaseFile } = request;
  if (data.source !== "demonstration") throw new TypeError(`The source ${data.source} is not simulated`);
  const { cohort } = simulateDemonstrationCohort(data);
  const place = await createExampleDatabase({ address, directory, emptyDatabaseFile, schema }, cohort);
  return { place, patients: cohort.patientIds.length };
}
