import { osteonError } from "@osteon/errors";
import type { GeneSet } from "@osteon/features";
import { createSynthesiser, loadModel, type Family, type Synthesiser } from "@osteon/generator";
import type { OpenedPackage } from "@osteon/registry";

/** Makes a sealed package's content ready to generate. Throws `pipeline.package-content`. */
export async function loadSynthesiser({ manifest, tensors, documents }: OpenedPackage): Promise<Synthesiser> {
  const family = families.find((known) => known === manifest.family);
  if (!family) throw osteonError("pipeline.package-content", { what: `a model of the family ${manifest.family}` });
  const description = documents["model"];
  const geneSets = documents["gene_sets"];
  const pathways = documents["pathways"] as { minimum_set_genes?: unknown } | undefined;
  if (!isRecord(description) || !Array.isArray(geneSets) || typeof pathways?.minimum_set_genes !== "number") {
    throw osteonError("pipeline.package-content", { what: "a package without model description or gene sets" });
  }
  return createSynthesiser({
    model: loadModel({ family, tensors, description }),
    geneSets: geneSets as readonly GeneSet[],
    minimumSetGenes: pathways.minimum_set_genes,
    modelVersion: manifest.modelVersion,
    trainedOnSimulatedPatients: manifest.training.simulated,
  });
}

const families: readonly Family[] = ["factor-copula", "cvae", "diffusion"];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
