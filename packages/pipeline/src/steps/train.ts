import { digestCohort, summariseCohort, type Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import type { FeatureState, GeneSet } from "@osteon/features";
import { fitFactorCopula, type FactorCopulaFit } from "@osteon/generator";
import { completeManifest, type PackageContent } from "@osteon/registry";
import type { Configuration } from "@osteon/contracts";
import { runLayout } from "../run-layout.ts";
import type { Step, StepContext } from "../step.ts";

/** Fits the model to all complete patients and keeps it, sealed, with its options. */
export const trainStep: Step = {
  options: ({ training, features: { minimum_set_genes } }) => ({ ...training, minimum_set_genes }),
  run: async (context) => {
    const { artefacts, configuration, keys } = context;
    const cohort = await artefacts.readTraining();
    const fit = trainModel(cohort, await artefacts.readGeneSets(), configuration, context);
    const content = await describeModel(context, cohort, fit);
    const { modelVersion } = completeManifest(content);
    await artefacts.writeSealedPackage(runLayout.trainedModel, content, keys.identity.recipient);
    const { rank, candidates } = fit.rankChoice;
    const summary = { modelVersion, rank, candidates };
    return {
      outputs: [runLayout.trainedModel, await artefacts.writeJson(runLayout.fit, summary)],
      detail: { patients: cohort.patientIds.length, factors: rank, modelVersion },
    };
  },
};

/** Fits the configured family to a cohort of the chosen genes, its factors shrunk towards the gene sets. */
export function trainModel(
  cohort: Cohort,
  geneSets: readonly GeneSet[],
  { training }: Configuration,
  { progress, signal }: Pick<StepContext, "progress" | "signal">,
): FactorCopulaFit {
  return fitFactorCopula(cohort, {
    seed: training.seed,
    geneSets,
    folds: training.folds,
    largestRank: training.largest_rank,
    signal,
    onProgress: (stage) => progress(stageNames[stage]),
  });
}

const stageNames = {
  marginals: "fitting the distribution of each variable",
  anchors: "fitting the dependence of clinical variables, mutations and copy number",
  rank: "choosing the number of factors by cross-validation",
  expression: "fitting expression",
} as const;

async function describeModel(
  { artefacts, configuration, osteonVersion }: StepContext,
  cohort: Cohort,
  { model }: FactorCopulaFit,
): Promise<PackageContent> {
  const saved = model.save();
  const summary = summariseCohort(cohort);
  const state = await artefacts.readJson<FeatureState>(runLayout.features);
  if (state.expressionUnit === null) throw osteonError("pipeline.no-expression", {});
  return {
    manifest: {
      family: saved.family,
      createdAt: new Date().toISOString(),
      osteonVersion,
      seed: configuration.training.seed,
      options: { ...configuration.training },
      training: {
        patients: summary.patients,
        events: summary.deaths,
        genes: cohort.expression.genes.length,
        mutationGenes: cohort.mutations.genes.length,
        copyNumberGenes: cohort.copyNumber.genes.length,
        expressionUnit: state.expressionUnit,
        simulated: cohort.simulated,
        cohortDigest: await digestCohort(cohort),
      },
      scores: {},
    },
    tensors: saved.tensors,
    documents: {
      model: saved.description,
      gene_sets: await artefacts.readGeneSets(),
      pathways: { minimum_set_genes: configuration.features.minimum_set_genes },
    },
  };
}
