import { createPathwayScorer, osteosarcomaGeneSets } from "@osteon/features";
import { digestGeneAliases, readGeneNames } from "../gene-names.ts";
import { digestGeneSetFile, readGeneSetFile } from "../gene-set-file.ts";
import { runLayout } from "../run-layout.ts";
import type { Step } from "../step.ts";
import { chooseGenes, digestPanel } from "../training/choose-genes.ts";

const geneSetsKey = "features.gene_sets";

/** Chooses the genes to model and the gene sets to score. */
export const featuresStep: Step = {
  // The gene sets are told by their digest among the inputs, not by their path.
  options: ({ features, cohort: { required } }) => ({
    ...Object.fromEntries(Object.entries(features).filter(([name]) => name !== "gene_sets")),
    required,
  }),
  inputs: async ({ configuration }) => {
    const { gene_sets: file } = configuration.features;
    return {
      geneSets: file === undefined ? "built-in" : await digestGeneSetFile(file, geneSetsKey),
      ...(await digestPanel(configuration)),
      ...(await digestGeneAliases(configuration)),
    };
  },
  run: async ({ artefacts, configuration }) => {
    const state = await chooseGenes(await artefacts.readComplete(), configuration);
    const { gene_sets: file, minimum_set_genes: minimumGenes } = configuration.features;
    const geneSets =
      file === undefined
        ? osteosarcomaGeneSets
        : await readGeneSetFile(file, geneSetsKey, await readGeneNames(configuration));
    const { names, unscored } = createPathwayScorer(state.expressionGenes, geneSets, { minimumGenes });
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
