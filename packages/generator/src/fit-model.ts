import type { Cohort } from "@osteon/cohort";
import { fitFactorCopula } from "./factor-copula/fit.ts";
import type { RankChoice } from "./factor-copula/rank-selection.ts";
import { fitLatentModel, type LatentModelOptions } from "./latent/fit-latent-model.ts";
import type { TrainingSummary } from "./latent/latent-network.ts";
import type { Family, GenerativeModel } from "./model.ts";

/** A fitted model of any family with what the fit found on its way. */
export interface ModelFit {
  readonly model: GenerativeModel;
  readonly rankChoice: RankChoice;
  /** Of families with a network. */
  readonly training?: TrainingSummary;
  readonly pretraining?: TrainingSummary;
}

/** Fits a model of the family to a cohort that holds just the genes to be modelled. */
export async function fitModel(family: Family, cohort: Cohort, options: LatentModelOptions): Promise<ModelFit> {
  if (family === "factor-copula") {
    const { model, rankChoice } = fitFactorCopula(cohort, options);
    return { model, rankChoice };
  }
  const { copula, ...fit } = await fitLatentModel(family, cohort, options);
  return { ...fit, rankChoice: copula.rankChoice };
}
