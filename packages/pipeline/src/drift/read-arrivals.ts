import type { Cohort } from "@osteon/cohort";
import { selectPatientsById } from "@osteon/cohort";
import type { Configuration } from "@osteon/contracts";
import type { ServerAddress } from "@osteon/database-server";
import { deidentifyCohort } from "@osteon/deidentification";
import { readGeneNames } from "../gene-names.ts";
import { openSource } from "../sources/open-source.ts";

/** Where patients are read from, and who. */
export interface ExtractRequest {
  readonly configuration: Configuration;
  readonly databaseAddress?: ServerAddress | undefined;
  /** Source ids to restrict the extract to. */
  readonly patientIds?: readonly string[] | undefined;
  readonly signal: AbortSignal;
  readonly progress: (message: string) => void;
}

/**
 * Reads an extract and de-identifies it as a run does, in memory: nothing of it is written.
 *
 * @throws what reading and de-identifying throw
 */
export async function readArrivals(request: ExtractRequest, pseudonymKey: Uint8Array): Promise<Cohort> {
  const { configuration, databaseAddress, patientIds, signal, progress } = request;
  const { data, phi_removal: removal } = configuration;
  const extract = await openSource(data, databaseAddress).read({
    fieldsToRemove: removal.fields_to_remove,
    geneNames: await readGeneNames(configuration),
    progress,
    signal,
  });
  const { cohort } = await deidentifyCohort(
    patientIds ? { ...extract, cohort: selectPatientsById(extract.cohort, patientIds) } : extract,
    {
      key: pseudonymKey,
      release: removal.release,
      agePrecisionYears: removal.age_precision_years,
      dateShiftDays: removal.date_shift_days,
      signal,
    },
  );
  return cohort;
}
