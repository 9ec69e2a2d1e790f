import { osteonError } from "@osteon/errors";
import type { GeneSet } from "@osteon/features";
import {
  families,
  loadSavedSynthesiser,
  readConditionFloor,
  strictestConditionFloor,
  type ConditionFloor,
  type SavedModel,
  type SavedSynthesiser,
  type Synthesiser,
} from "@osteon/generator";
import type { OpenedPackage } from "@osteon/registry";

/** Makes a sealed package's content ready to generate. Throws `pipeline.package-content`. */
export async function loadSynthesiser(opened: OpenedPackage): Promise<Synthesiser> {
  return loadSavedSynthesiser(savedSynthesiserOf(opened));
}

/** What of a sealed package's content generating needs. Throws `pipeline.package-content`. */
export function savedSynthesiserOf(opened: OpenedPackage): SavedSynthesiser {
  const { manifest, documents } = opened;
  const model = savedModelOf(opened);
  const geneSets = documents["gene_sets"];
  const pathways = documents["pathways"] as { minimum_set_genes?: unknown } | undefined;
  if (!Array.isArray(geneSets) || typeof pathways?.minimum_set_genes !== "number") {
    throw osteonError("pipeline.package-content", { what: "a package without gene sets" });
  }
  return {
    model,
    geneSets: geneSets as readonly GeneSet[],
    minimumSetGenes: pathways.minimum_set_genes,
    modelVersion: manifest.modelVersion,
    trainedOnSimulatedPatients: manifest.training.simulated,
    conditionFloor: conditionFloorOf(opened),
  };
}

/**
 * Which profiles a package allows. Nothing in one from before there were floors shows how many patients a condition has
 * behind it. Throws `pipeline.package-content`.
 */
export function conditionFloorOf({ documents }: OpenedPackage): ConditionFloor {
  const document = documents["condition_floor"];
  if (document === undefined) return strictestConditionFloor();
  const floor = readConditionFloor(document);
  if (!floor) throw osteonError("pipeline.package-content", { what: "a condition floor of another form" });
  return floor;
}

/** The model of a package as its family saved it. Throws `pipeline.package-content`. */
export function savedModelOf({ manifest, tensors, documents }: OpenedPackage): SavedModel {
  const family = families.find((known) => known === manifest.family);
  if (!family) throw osteonError("pipeline.package-content", { what: `a model of the family ${manifest.family}` });
  const description = documents["model"];
  if (!isRecord(description)) {
    throw osteonError("pipeline.package-content", { what: "a package without model description" });
  }
  return { family, tensors, description };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
