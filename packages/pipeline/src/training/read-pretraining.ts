import { completePatients, selectPatients, type Cohort } from "@osteon/cohort";
import type { Configuration } from "@osteon/contracts";
import { listStudyFiles, readCbioportalStudy } from "@osteon/connectors";
import { deidentifyCohort } from "@osteon/deidentification";
import { readGeneNames } from "../gene-names.ts";
import { digestFiles } from "../file-digests.ts";
import type { StepContext } from "../step.ts";

/**
 * The complete patients of the cohort that networks are trained on first, de-identified by the same rules as the
 * cohort itself; null where none is configured.
 */
export async function readPretraining({
  configuration,
  keys,
  artefacts,
  progress,
  signal,
}: StepContext): Promise<Cohort | null> {
  const { training, phi_removal: removal, cohort } = configuration;
  const { pretrain } = training;
  if (pretrain === undefined) return null;
  return artefacts.recallPretraining(async () => {
    progress("reading the cohort to pre-train on");
    const extract = await readCbioportalStudy(pretrain, {
      expressionProfile: training.pretrain_expression_profile,
      fieldsToRemove: removal.fields_to_remove,
      geneNames: await readGeneNames(configuration),
      signal,
    });
    const { cohort: deidentified } = await deidentifyCohort(extract, {
      key: keys.pseudonymKey,
      release: removal.release,
      agePrecisionYears: removal.age_precision_years,
      signal,
    });
    return selectPatients(deidentified, completePatients(deidentified, cohort.required));
  });
}

/** Digest of the study to pre-train on: it is told by its content, not by its path, which may name somebody. */
export async function digestPretraining({ training }: Configuration): Promise<Record<string, string>> {
  const { pretrain } = training;
  return pretrain === undefined ? {} : { pretraining: await digestFiles(pretrain, await listStudyFiles(pretrain)) };
}
