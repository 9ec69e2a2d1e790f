import { readFile } from "node:fs/promises";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import {
  createPathwayScorer,
  fitFeatures,
  osteosarcomaGeneSets,
  parseGmt,
  type FeatureOptions,
  type GeneSet,
} from "@osteon/features";
import { digestFile } from "../file-digests.ts";
import { runLayout } from "../run-layout.ts";
import type { Step } from "../step.ts";

/** Chooses the genes to model and the gene sets to score. */
export const featuresStep: Step = {
  options: ({ features: { gene_sets: _, ...options }, cohort: { required } }) => ({ ...options, required }),
  inputs: async ({ configuration: { features } }) => ({
    geneSets: features.gene_sets ? (await digestGeneSets(features.gene_sets)).sha256 : "built-in",
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

/** The configured options in the words of the features package. */
export function featureOptions({ features }: Configuration): FeatureOptions {
  return {
    minimumMutatedPatients: features.minimum_mutated_patients,
    minimumMeasuredShare: features.minimum_measured_fraction,
    maximumMutationGenes: features.maximum_mutation_genes,
    maximumExpressionGenes: features.maximum_expression_genes,
  };
}

async function readGeneSets({ features }: Configuration): Promise<readonly GeneSet[]> {
  if (features.gene_sets === undefined) return osteosarcomaGeneSets;
  return parseGmt(await readFile(features.gene_sets, "utf8"), features.gene_sets);
}

async function digestGeneSets(path: string) {
  try {
    return await digestFile(path);
  } catch (error) {
    throw osteonError("pipeline.gene-sets", { file: path }, { cause: error });
  }
}
