import type { Cohort } from "@osteon/cohort";
import { driftReferenceSchema, type Configuration, type DriftReference } from "@osteon/contracts";
import { createReference } from "@osteon/drift";
import { osteonError } from "@osteon/errors";
import type { GeneSet } from "@osteon/features";
import { loadModel } from "@osteon/generator";
import type { OpenedPackage } from "@osteon/registry";
import { savedModelOf } from "../load-synthesiser.ts";
import { drawAndRelease } from "../training/fit-family.ts";

type Question = DriftReference["question"];

/** Names of the package's records. */
const recordNames: Readonly<Record<Question, string>> = { input: "drift_reference", output: "drift_output_reference" };
/** No fewer patients than this stand between two cut points, whatever floor conditions have. */
const fewestInBlock = 5;
/** Patients of the model that its later output is compared with. */
const outputPatients = 1_000;
const outputSeed = 1;

/** Who a reference of patients is made of. */
export interface TrainedPatients {
  /** With the genes of the model. */
  readonly training: Cohort;
  readonly everyone: Cohort;
  readonly geneSets: readonly GeneSet[];
  readonly configuration: Pick<Configuration, "cohort" | "features" | "generation">;
}

/** The reference of a model's training patients. */
export function referenceOfPatients({ training, everyone, geneSets, configuration }: TrainedPatients): DriftReference {
  return createReference({
    question: "input",
    patients: training,
    everyone,
    required: configuration.cohort.required,
    geneSets,
    minimumSetGenes: configuration.features.minimum_set_genes,
    fewestInBlock: Math.max(fewestInBlock, configuration.generation.smallest_cell),
  });
}

/** What a model gives now, for later: its output's reference. */
async function referenceOfOutput(
  opened: OpenedPackage,
  { geneSets, configuration }: Pick<TrainedPatients, "geneSets" | "configuration">,
): Promise<DriftReference> {
  const drawn = await drawAndRelease(loadModel(savedModelOf(opened)), { seed: outputSeed, count: outputPatients });
  return createReference({
    question: "output",
    patients: drawn,
    everyone: drawn,
    required: [],
    geneSets,
    minimumSetGenes: configuration.features.minimum_set_genes,
    fewestInBlock,
  });
}

/**
 * What a package keeps for drift checks. Blocks of the training patients are exact figures of them, which a model with
 * differential privacy has not; what it gives has cost their privacy nothing more.
 */
export async function driftRecords(
  opened: OpenedPackage,
  patients: TrainedPatients,
): Promise<Readonly<Record<string, DriftReference>>> {
  return {
    ...(opened.manifest.differentialPrivacy === undefined && { [recordNames.input]: referenceOfPatients(patients) }),
    [recordNames.output]: await referenceOfOutput(opened, patients),
  };
}

/** Reads a reference from a package. Throws `drift.no-reference`, `pipeline.package-content`. */
export function referenceOfPackage(
  { manifest, records }: Pick<OpenedPackage, "manifest" | "records">,
  question: Question,
  file: string,
): DriftReference {
  const record = records[recordNames[question]];
  if (record === undefined) {
    throw osteonError("drift.no-reference", {
      package: file,
      question: question === "input" ? "patients" : "generated patients",
      reason: manifest.differentialPrivacy
        ? "a model with differential privacy keeps nothing exact of its patients"
        : "it was sealed before there were drift checks",
    });
  }
  const parsed = driftReferenceSchema.safeParse(record);
  if (!parsed.success) throw osteonError("pipeline.package-content", { what: "an unreadable drift reference" });
  return parsed.data;
}

/**
 * Simulated patients say nothing of real ones, and the pseudonyms of theirs keep no secret. Throws
 * `drift.no-reference`.
 */
export function refuseOtherKind({ data }: Pick<Configuration, "data">, isSimulated: boolean, file: string): void {
  if ((data.source === "demonstration") === isSimulated) return;
  const reason = isSimulated ? "its own patients are simulated" : "the patients given are simulated";
  throw osteonError("drift.no-reference", { package: file, question: "these patients", reason });
}
