import { selectPatientsById, simulateDemonstrationCohort, summariseCohort } from "@osteon/cohort";
import { listStudyFiles, readCbioportalStudy } from "@osteon/connectors";
import type { SourceExtract } from "@osteon/deidentification";
import { digestFiles } from "../file-digests.ts";
import { fingerprintWithKey } from "../run-keys.ts";
import type { Step, StepContext } from "../step.ts";

/** Reads the configured source into a cohort under its source ids, sealed. */
export const loadStep: Step = {
  options: ({ data, phi_removal: { fields_to_remove } }) => {
    const { source, ...settings } = data;
    // The folder is told by the digest of its files, not by its path, which may name somebody.
    const rest = Object.fromEntries(Object.entries(settings).filter(([name]) => name !== "path"));
    return { source, ...rest, fields_to_remove };
  },
  inputs: async ({ configuration: { data }, keys, patientIds }) => ({
    ...(data.source === "cbioportal" && { study: await digestFiles(data.path, await listStudyFiles(data.path)) }),
    // With the key, since a plain digest of a few ids could be found again by trying ids.
    ...(patientIds && {
      patients: fingerprintWithKey(keys.pseudonymKey, [...new Set(patientIds)].sort().join("\n")),
    }),
  }),
  run: async (context) => {
    const extract = restrict(await readSource(context), context.patientIds);
    const outputs = await context.artefacts.writeSource(extract);
    const { patients, deaths, sequenced, withExpression, expressionGenes } = summariseCohort(extract.cohort);
    return { outputs, detail: { patients, deaths, sequenced, withExpression, expressionGenes } };
  },
};

async function readSource({ configuration, progress, signal }: StepContext): Promise<SourceExtract> {
  const { data, phi_removal: removal } = configuration;
  if (data.source === "demonstration") {
    progress(`simulating ${data.patients} patients`);
    const { cohort } = simulateDemonstrationCohort({
      patients: data.patients,
      genes: data.genes,
      seed: data.seed,
    });
    const notes = ["The cohort is simulated: it holds no real patient."];
    return { cohort, columns: [], findings: [], files: [], refusals: [], notes };
  }
  return readCbioportalStudy(data.path, {
    expressionProfile: data.expression_profile,
    fieldsToRemove: removal.fields_to_remove,
    signal,
  });
}

function restrict(extract: SourceExtract, patientIds: readonly string[] | null): SourceExtract {
  return patientIds ? { ...extract, cohort: selectPatientsById(extract.cohort, patientIds) } : extract;
}
