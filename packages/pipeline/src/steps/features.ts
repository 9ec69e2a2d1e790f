import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { createPathwayScorer, fitFeatures, osteosarcomaGeneSets, parseGmt, type GeneSet } from "@osteon/features";
import { featureOptions } from "../feature-options.ts";
import { runLayout } from "../run-layout.ts";
import type { Step } from "../step.ts";

/** Chooses the genes to model and the gene sets to score. */
export const featuresStep: Step = {
  // The gene sets are told by their digest among the inputs, not by their path.
  options: ({ features, cohort: { required } }) => ({
    ...Object.fromEntries(Object.entries(features).filter(([name]) => name !== "gene_sets")),
    required,
  }),
  inputs: async ({ configuration: { features } }) => ({
    geneSets: features.gene_sets ? await digestGeneSets(features.gene_sets) : "built-in",
  }),
  run: async ({ artefacts, configuration }) => {
    const state = fitFeatures(await artefacts.readComplete(), featureOptions(configuration));
    const geneSets = await readGeneSets(configuration);
    const { names, unscored } = createPathwayScorer(state.expressionGenes, geneSets, {
      minimumGenes: configuration.features.minimum_set_genes,
    });
    return {
      outputs: [
        await artefacts.writeJson(runLayout.features, state),
        await artefacts.writeJson(runLayout.geneSets, geneSets),
      ],
      detail: {
        mutationGenes: state.mutationGenes.length,
        copyNumberGenes: state.copyNumberGenes.length,
        expressionGenes: state.expressionGenes.length,
        pathways: names.length,
        pathwaysWithTooFewGenes: unscored.length,
      },
    };
  },
};

async function readGeneSets({ features }: Configuration): Promise<readonly GeneSet[]> {
  if (features.gene_sets === undefined) return osteosarcomaGeneSets;
  return parseGmt(new TextDecoder().decode(await readGeneSetFile(features.gene_sets)), features.gene_sets);
}

async function digestGeneSets(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readGeneSetFile(path))
    .digest("hex");
}

async function readGeneSetFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw osteonError("pipeline.gene-sets", { file: path, reason }, { cause: error });
  }
}
