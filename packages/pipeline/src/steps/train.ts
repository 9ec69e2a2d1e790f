import { digestCohort, summariseCohort, type Cohort } from "@osteon/cohort";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { EffectiveSampleSize } from "@osteon/evaluation";
import { applyFeatures, type FeatureState } from "@osteon/features";
import { fitConditionFloor, type GenerativeModel } from "@osteon/generator";
import { completeManifest, type PackageContent } from "@osteon/registry";
import type { DifferentialPrivacy } from "@osteon/report";
import { guaranteeRecord, stateGuarantee } from "../guarantee.ts";
import { effectiveSampleSizeRecord } from "../model-worth.ts";
import { fingerprintWithKey } from "../run-keys.ts";
import { runLayout } from "../run-layout.ts";
import type { Step, StepContext } from "../step.ts";
import { assessInt8, type Int8Assessment } from "../training/assess-int8.ts";
import { drawAndRelease } from "../training/fit-family.ts";
import { digestPretraining, readPretraining } from "../training/read-pretraining.ts";
import { learningCurveOf, learningCurveRecord } from "../training/learning-curve.ts";
import { trainingOptions, trainModel, type TrainedModel } from "../training/train-model.ts";
import { valueModel } from "../training/value-model.ts";

/** Fits the model to all complete patients and keeps it, sealed, with its options. */
export const trainStep: Step = {
  options: (configuration) => ({
    ...trainingOptions(configuration),
    minimum_set_genes: configuration.features.minimum_set_genes,
    smallest_cell: configuration.generation.smallest_cell,
    effective_size_refits: configuration.training.effective_size_refits,
  }),
  inputs: ({ configuration }) => digestPretraining(configuration),
  run: async (context) => {
    const { artefacts, configuration, keys } = context;
    const cohort = await artefacts.readTraining();
    const pretraining = await readPretraining(context);
    const state = await artefacts.readJson<FeatureState>(runLayout.features);
    const material = {
      cohort,
      geneSets: await artefacts.readGeneSets(),
      pretraining: pretraining && applyFeatures(state, pretraining),
    };
    const trained = await trainModel(material, context);
    const int8 = trained.training ? await assessInt8(trained.family, material, context) : null;
    const guarantee = trained.privacy && stateGuarantee(trained.privacy, state);
    const told = guarantee ? await standIns(trained.model, cohort, configuration) : cohort;
    const worth = await valueModel(trained.family, { ...material, cohort: told }, context);
    const facts = { ...trained, int8, worth, larger: pretraining, told, guarantee };
    const content = await describeModel(context, cohort, state, facts);
    const { modelVersion } = completeManifest(content);
    await artefacts.writeSealedPackage(runLayout.trainedModel, content, keys.identity.recipient);
    const { family, choice, rankChoice, training, pretraining: earlier } = trained;
    const { rank, candidates } = rankChoice;
    const summary = { modelVersion, family, choice, rank, candidates, training, pretraining: earlier, int8, worth };
    return {
      outputs: [runLayout.trainedModel, await artefacts.writeJson(runLayout.fit, summary)],
      detail: {
        patients: cohort.patientIds.length,
        family,
        factors: rank,
        ...(training && { epochs: training.epochs, bestEpoch: training.bestEpoch }),
        ...(worth && { effectivePatients: worth.effectivePatients }),
        ...content.manifest.differentialPrivacy,
        modelVersion,
        ...(configuration.generation.smallest_cell === 1 && { warning: noFloorWarning }),
      },
    };
  },
};

/**
 * As many patients as were trained on, drawn from a model with differential privacy. What is told beside the model is
 * told of them: exact counts of the training patients would be more than the model may say.
 */
async function standIns(
  model: GenerativeModel,
  { patientIds, simulated }: Cohort,
  { training: { seed } }: Configuration,
): Promise<Cohort> {
  return { ...(await drawAndRelease(model, { seed, count: patientIds.length })), simulated };
}

/** Recorded with the run and in the package. */
const noFloorWarning =
  "generation.smallest_cell is 1: profiles that few training patients have, or one, are not refused";

async function describeModel(
  { artefacts, configuration, keys, osteonVersion }: StepContext,
  cohort: Cohort,
  state: FeatureState,
  {
    model,
    choice,
    rankChoice,
    training,
    int8,
    larger,
    worth,
    told,
    guarantee,
  }: TrainedModel & {
    readonly int8: Int8Assessment | null;
    readonly larger: Cohort | null;
    readonly worth: EffectiveSampleSize | null;
    /** The patients whose counts are published. */
    readonly told: Cohort;
    readonly guarantee: DifferentialPrivacy | null;
  },
): Promise<PackageContent> {
  const saved = model.save();
  const summary = summariseCohort(told);
  const cohortDigest = await digestCohort(cohort);
  const { smallest_cell: smallestCell } = configuration.generation;
  if (state.expressionUnit === null) throw osteonError("pipeline.no-expression", {});
  return {
    manifest: {
      family: saved.family,
      createdAt: new Date().toISOString(),
      osteonVersion,
      seed: configuration.training.seed,
      options: { ...trainingOptions(configuration), ...(await digestPretraining(configuration)) },
      training: {
        patients: summary.patients,
        events: summary.deaths,
        genes: cohort.expression.genes.length,
        mutationGenes: cohort.mutations.genes.length,
        copyNumberGenes: cohort.copyNumber.genes.length,
        expressionUnit: state.expressionUnit,
        simulated: cohort.simulated,
        cohortDigest: guarantee ? fingerprintWithKey(keys.pseudonymKey, cohortDigest) : cohortDigest,
      },
      ...(guarantee && {
        differentialPrivacy: { epsilon: guarantee.epsilon, delta: guarantee.delta, rho: guarantee.rho },
      }),
      scores: {},
    },
    tensors: saved.tensors,
    documents: {
      model: saved.description,
      gene_sets: await artefacts.readGeneSets(),
      pathways: { minimum_set_genes: configuration.features.minimum_set_genes },
      condition_floor: fitConditionFloor(told, { smallestCell }),
    },
    records: {
      ...(smallestCell === 1 && { condition_floor: { warning: noFloorWarning } }),
      ...(choice && { architecture: choice }),
      ...(int8 && { int8 }),
      ...(worth && { [effectiveSampleSizeRecord]: worth }),
      // How likely patients were who had been left out is an exact figure of the patients.
      ...(!guarantee && { [learningCurveRecord]: learningCurveOf(training, rankChoice) }),
      ...(guarantee && { [guaranteeRecord]: guarantee }),
      ...(larger && { pretraining: { patients: larger.patientIds.length } }),
    },
  };
}
