import type { Cohort } from "@osteon/cohort";
import type { Configuration } from "@osteon/contracts";
import type { GeneSet } from "@osteon/features";
import { fitModel, type Family, type ModelFit } from "@osteon/generator";
import type { StepContext } from "../step.ts";
import { selectArchitecture, type ArchitectureChoice } from "./select-architecture.ts";

/** What models are trained on: patients with the chosen genes. */
export interface TrainingMaterial {
  readonly cohort: Cohort;
  readonly geneSets: readonly GeneSet[];
  /** A larger cohort with the same genes that networks are trained on first. */
  readonly pretraining: Cohort | null;
}

export interface TrainedModel extends ModelFit {
  readonly family: Family;
  /** How the family was chosen; null where the configuration names it. */
  readonly choice: ArchitectureChoice | null;
}

type TrainingContext = Pick<StepContext, "configuration" | "progress" | "signal">;

/** Fits the configured family, or the one that cross-validation chooses. */
export async function trainModel(material: TrainingMaterial, context: TrainingContext): Promise<TrainedModel> {
  const { architecture } = context.configuration.training;
  const choice =
    architecture === "auto"
      ? await selectArchitecture(material, context, (family, part) => fitFamily(family, part, context))
      : null;
  const family = architecture === "auto" ? choice!.chosen : architecture;
  return { family, choice, ...(await fitFamily(family, material, context)) };
}

/** Fits a model of the family to the material. */
export async function fitFamily(
  family: Family,
  { cohort, geneSets, pretraining }: TrainingMaterial,
  { configuration: { training }, progress, signal }: TrainingContext,
): Promise<ModelFit> {
  return fitModel(family, cohort, {
    seed: training.seed,
    geneSets,
    folds: training.folds,
    largestRank: training.largest_rank,
    training: { device: training.device, threads: training.threads },
    ...(pretraining && { pretraining }),
    signal,
    onProgress: (stage) => progress(`${family}: ${stageNames[stage]}`),
  });
}

const stageNames = {
  marginals: "fitting the distribution of each variable",
  anchors: "fitting the dependence of clinical variables, mutations and copy number",
  rank: "choosing the number of factors by cross-validation",
  expression: "fitting expression",
  pretraining: "training the network on the larger cohort",
  network: "training the network",
} as const satisfies Record<string, string>;

/**
 * The training options that decide a model. Not the path of another cohort, which is told by its digest, nor how
 * closely its worth is estimated.
 */
export function trainingOptions({ training }: Configuration): Record<string, string | number> {
  const { pretrain: _, effective_size_refits: __, pretrain_expression_profile: profile, ...options } = training;
  return { ...options, ...(profile !== undefined && { pretrain_expression_profile: profile }) };
}
