import { createHash } from "node:crypto";
import { selectPatientsById, simulateDemonstrationCohort, summariseCohort } from "@osteon/cohort";
import { readCbioportalStudy } from "@osteon/connectors";
import type { SourceExtract } from "@osteon/deidentification";
import { digestFolder } from "../file-digests.ts";
import type { Step, StepContext } from "../step.ts";

/** Reads the configured source into a cohort under its source ids, sealed. */
export const loadStep: Step = {
  options: ({ data, phi_removal: { fields_to_remove } }) => {
    const { source, ...settings } = data;
    // The folder is told by the digest of its files, not by its path, which may name somebody.
    const rest = Object.fromEntries(Object.entries(settings).filter(([name]) => name !== "path"));
    return { source, ...rest, fields_to_remove };
  },
  inputs: async ({ configuration: { data }, patientIds }) => ({
    ...(data.source === "cbioportal" && { study: await digestFolder(data.path) }),
    ...(patientIds && { patients: createHash("sha256").update(patientIds.toSorted().join("\n")).digest("hex") }),
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
