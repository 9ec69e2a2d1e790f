import type { Configuration } from "@osteon/contracts";
import type { Family, PrivacyStatement } from "@osteon/generator";
import { fitFamily, type FamilyFit, type TrainingContext, type TrainingMaterial } from "./fit-family.ts";
import { fitPrivately } from "./fit-privately.ts";
import { selectArchitecture, type ArchitectureChoice } from "./select-architecture.ts";

export interface TrainedModel extends FamilyFit {
  readonly family: Family;
  /** How the family was chosen; null where the configuration names it. */
  readonly choice: ArchitectureChoice | null;
  /** Null where no differential privacy is configured. */
  readonly privacy: PrivacyStatement | null;
}

/**
 * Fits the configured family, or the one that cross-validation chooses; with differential privacy the only one that can
 * have it.
 *
 * @throws `generator.privacy-useless` where that would be noise, and what fitting throws
 */
export async function trainModel(material: TrainingMaterial, context: TrainingContext): Promise<TrainedModel> {
  const { configuration } = context;
  const fitted = fitPrivately(material.cohort, configuration, false);
  if (fitted) return { family: "factor-copula", choice: null, ...fitted };
  const { architecture } = configuration.training;
  const choice = architecture === "auto" ? await selectArchitecture(material, context) : null;
  const family = architecture === "auto" ? choice!.chosen : architecture;
  return { family, choice, privacy: null, ...(await fitFamily(family, material, context)) };
}

/**
 * The training options that decide a model. Not the paths of another cohort and of a panel, which are told by their
 * digests, nor how closely its worth is estimated.
 */
export function trainingOptions({ training }: Configuration) {
  const {
    pretrain: _,
    effective_size_refits: __,
    pretrain_expression_profile: profile,
    differential_privacy: privacy,
    ...options
  } = training;
  return {
    ...options,
    ...(profile !== undefined && { pretrain_expression_profile: profile }),
    ...(privacy && { differential_privacy: { epsilon: privacy.epsilon, delta: privacy.delta } }),
  };
}
