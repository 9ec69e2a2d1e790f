import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { completePatients, selectPatients, type Cohort } from "@osteon/cohort";
import { readCbioportalStudy } from "@osteon/connectors";
import { configurationSchema } from "@osteon/contracts";
import { applyFeatures, type FeatureState, type GeneSet } from "@osteon/features";
import { runLayout, runPipeline, type RunManifest, type StepName } from "@osteon/pipeline";

export interface StudyRequest {
  /** cBioPortal study folder. */
  readonly study: string;
  /** File name or stable_id; the study's most informative one where left out. */
  readonly expressionProfile?: string | undefined;
  /** GMT file; the built-in sets where left out. */
  readonly geneSets?: string | undefined;
  /** Where the run goes; it holds keys and sealed patients, so the caller removes it. */
  readonly directory: string;
  readonly steps?: readonly StepName[];
  /** Splits of the validation, then without shadow models; the product's default where left out. */
  readonly validationSplits?: number;
}

/**
 * Pseudonyms decide the order of the patients, and by it the random numbers that a fit uses. With a key of its
 * own each run would be another one; nothing that is measured leaves its temporary folder.
 */
const fixedKey = "0".repeat(64);

/** Does the main job on a study, as `osteon quickstart --cohort` does, with small synthetic files. */
export async function trainOnStudy(request: StudyRequest): Promise<RunManifest> {
  await writeFile(keyPathOf(request), fixedKey, { mode: 0o600 });
  return runPipeline({
    configuration: configurationOf(request),
    directory: request.directory,
    osteonVersion: "0.0.0-benchmark",
    ...(request.steps && { steps: request.steps }),
  });
}

/** The patients that a finished run was trained on, read from the study again: the run's own are sealed. */
export async function readTrainingPatients(request: StudyRequest): Promise<Cohort> {
  const { expressionProfile } = request;
  const { cohort } = await readCbioportalStudy(request.study, { expressionProfile });
  const complete = selectPatients(cohort, completePatients(cohort, configurationOf(request).cohort.required));
  return applyFeatures(await readResult<FeatureState>(request, runLayout.features), complete);
}

/** The gene sets that a finished run scores. */
export function readRunGeneSets(request: StudyRequest): Promise<readonly GeneSet[]> {
  return readResult<readonly GeneSet[]>(request, runLayout.geneSets);
}

/** A JSON result of a finished run. */
export async function readResult<T>({ directory }: StudyRequest, relative: string): Promise<T> {
  return JSON.parse(await readFile(join(directory, relative), "utf8")) as T;
}

function keyPathOf({ directory }: StudyRequest): string {
  return join(directory, "fixed-pseudonym.key");
}

function configurationOf(request: StudyRequest) {
  const { study, expressionProfile, geneSets, validationSplits } = request;
  return configurationSchema.parse({
    data: {
      source: "cbioportal",
      path: study,
      ...(expressionProfile !== undefined && { expression_profile: expressionProfile }),
    },
    phi_removal: { key_path: keyPathOf(request) },
    cohort: { small_cohort: true },
    training: { architecture: "factor-copula", effective_size_refits: 0 },
    ...(geneSets !== undefined && { features: { gene_sets: geneSets } }),
    // What is measured is drawn from the sealed model; the run's own files only have to be there.
    generation: { unconditional_patients: 100, patients_per_scenario: 20 },
    ...(validationSplits !== undefined && { validation: { splits: validationSplits, shadow_models: 0 } }),
  });
}
