import type { Configuration } from "@osteon/contracts";
import type { Family, ModelFit } from "@osteon/generator";
import { fitFamily, type TrainingContext, type TrainingMaterial } from "./fit-family.ts";
import { selectArchitecture, type ArchitectureChoice } from "./select-architecture.ts";

export interface TrainedModel extends ModelFit {
  readonly family: Family;
  /** How the family was chosen; null where the configuration names it. */
  readonly choice: ArchitectureChoice | null;
}

/** Fits the configured family, or the one that cross-validation chooses. */
export async function trainModel(material: TrainingMaterial, context: TrainingContext): Promise<TrainedModel> {
  const { architecture } = context.configuration.training;
  const choice = architecture === "auto" ? await selectArchitecture(material, context) : null;
  const family = architecture === "auto" ? choice!.chosen : architecture;
  return { family, choice, ...(await fitFamily(family, material, context)) };
}

/**
 * The training options that decide a model. Not the path of another cohort, which is told by its digest, nor how
 * closely its worth is estimated.
 */
export function trainingOptions({ training }: Configuration): Record<string, string | number> {
  const { pretrain: _, effective_size_refits: __, pretrain_expression_profile: profile, ...options } = training;
  return { ...options, ...(profile !== undefined && { pretrain_expression_profile: profile }) };
}
