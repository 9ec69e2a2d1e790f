import { selectPatientsById, summariseCohort } from "@osteon/cohort";
import type { SourceExtract } from "@osteon/deidentification";
import { digestGeneAliases, readGeneNames } from "../gene-names.ts";
import { keepsPlainData } from "../plain-data.ts";
import { fingerprintWithKey } from "../run-keys.ts";
import { openSource } from "../sources/open-source.ts";
import type { Step } from "../step.ts";

/** Reads the configured source into a cohort under its source ids, sealed. */
export const loadStep: Step = {
  options: ({ data, phi_removal: { fields_to_remove }, encryption }) => ({
    ...openSource(data).settings,
    fields_to_remove,
    // So that a run that is to be sealed from now on reads again.
    ...(keepsPlainData({ encryption }) && { patient_data: "plain" }),
  }),
  inputs: async ({ configuration, databaseAddress, keys, patientIds, signal }) => ({
    ...(await openSource(configuration.data, databaseAddress).digest({
      fieldsToRemove: configuration.phi_removal.fields_to_remove,
      signal,
    })),
    ...(await digestGeneAliases(configuration)),
    // With the key, since a plain digest of a few ids could be found again by trying ids.
    ...(patientIds && {
      patients: fingerprintWithKey(keys.pseudonymKey, [...new Set(patientIds)].sort().join("\n")),
    }),
  }),
  run: async ({ artefacts, configuration, databaseAddress, patientIds, progress, signal }) => {
    const { data, phi_removal: removal } = configuration;
    const geneNames = await readGeneNames(configuration);
    const fieldsToRemove = removal.fields_to_remove;
    const read = await openSource(data, databaseAddress).read({ fieldsToRemove, geneNames, progress, signal });
    const extract = restrict(read, patientIds);
    const outputs = await artefacts.writeSource(extract);
    const { patients, deaths, sequenced, withExpression, expressionGenes } = summariseCohort(extract.cohort);
    return { outputs, detail: { patients, deaths, sequenced, withExpression, expressionGenes } };
  },
};

function restrict(extract: SourceExtract, patientIds: readonly string[] | null): SourceExtract {
  return patientIds ? { ...extract, cohort: selectPatientsById(extract.cohort, patientIds) } : extract;
}
