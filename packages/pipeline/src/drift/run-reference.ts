import { join } from "node:path";
import type { Cohort } from "@osteon/cohort";
import { configurationSchema, type Configuration, type DriftReference } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { Identity } from "@osteon/registry";
import { Artefacts } from "../artefacts.ts";
import { fingerprintWithKey, obtainRunKeys } from "../run-keys.ts";
import { runLayout } from "../run-layout.ts";
import { readRunManifest } from "../run-manifest.ts";
import type { StepName } from "../step-names.ts";
import { referenceOfPatients, refuseOtherKind } from "./package-reference.ts";

/** A run as what later patients are compared with. */
export interface RunReference {
  readonly reference: DriftReference;
  readonly complete: Cohort;
  readonly everyone: Cohort;
  readonly identity: Identity;
  readonly pseudonymKey: Uint8Array;
  /** The given configuration with what the run fixed: how patients are de-identified, and what they need. */
  readonly configuration: Configuration;
}

const needed: readonly StepName[] = ["deidentify", "features", "train"];

/**
 * Opens the training patients of a run with its keys.
 *
 * @param identity the run's key, where the caller has it already
 * @throws `configuration.model-path`, `pipeline.step-needed`, `drift.no-reference`, `.other-pseudonyms`, and what opening throws
 */
export async function openRunReference(
  directory: string,
  given: Configuration,
  identity?: Identity,
): Promise<RunReference> {
  const manifest = await readRunManifest(join(directory, runLayout.manifest));
  if (!manifest) throw osteonError("configuration.model-path", { path: directory });
  const { steps } = manifest;
  refuseOtherKind(given, steps.load?.options["source"] === "demonstration", directory);
  const missing = needed.find((step) => steps[step]?.status !== "done");
  if (missing) throw osteonError("pipeline.step-needed", { step: "drift check", needed: missing });
  const configuration = configurationSchema.parse({
    ...given,
    phi_removal: { ...given.phi_removal, ...steps.deidentify!.options },
    cohort: { ...given.cohort, required: steps.features!.options["required"] },
    features: { ...given.features, minimum_set_genes: steps.train!.options["minimum_set_genes"] },
    generation: { ...given.generation, smallest_cell: steps.train!.options["smallest_cell"] },
    ...(manifest.patientDataInPlain && {
      encryption: { ...given.encryption, enabled: false, i_accept_patient_data_in_plain_files: true },
    }),
  });
  const keys = await obtainRunKeys(directory, withSourceOf(configuration, steps.load?.options), manifest, identity);
  if (fingerprintWithKey(keys.pseudonymKey, "pseudonym key") !== steps.deidentify!.inputs["pseudonymKey"]) {
    throw osteonError("drift.other-pseudonyms", { directory });
  }
  const artefacts = new Artefacts(directory, keys, configuration);
  const everyone = await artefacts.readDeidentified();
  const training = await artefacts.readTraining();
  const geneSets = await artefacts.readGeneSets();
  return {
    reference: referenceOfPatients({ training, everyone, geneSets, configuration }),
    complete: await artefacts.readComplete(),
    everyone,
    ...keys,
    configuration,
  };
}

/** The pseudonyms of simulated patients come from the seed of the run, not of what is compared with it. */
function withSourceOf(configuration: Configuration, load: Readonly<Record<string, unknown>> = {}): Configuration {
  if (load["source"] !== "demonstration") return configuration;
  return configurationSchema.parse({ ...configuration, data: { source: "demonstration", seed: load["seed"] } });
}
