import type { Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import type { GivenTrainingOptions } from "@osteon/network";
import { fitFactorCopula, type FactorCopulaFit, type FactorCopulaOptions } from "../factor-copula/fit.ts";
import type { NeuralFamily } from "../model.ts";
import { neuralFamilies, type NetworkOptions } from "../neural-families.ts";
import { createBiologicalTerms, type BiologicalWeights } from "./biological-forms.ts";
import { drawTrainingSet } from "./draw-training-set.ts";
import { calibrateLatents, trivialCalibration } from "./latent-calibration.ts";
import { samplerBatch } from "./batch-runner.ts";
import { LatentGenerator } from "./latent-generator.ts";
import { LatentDrawer } from "./latent-drawer.ts";
import { LatentModel } from "./latent-model.ts";
import type { TrainingSummary } from "./latent-network.ts";
import { createLatentSpace } from "./latent-space.ts";
import { independentLaw } from "./latent-training-set.ts";

/** Options of {@link fitLatentModel}; those of the copula and of training, each with a default. */
export interface LatentModelOptions extends Omit<FactorCopulaOptions, "onProgress"> {
  /** Over the family's defaults. */
  readonly training?: GivenTrainingOptions;
  /**
   * A larger cohort that the network is trained on first: genes as in the cohort to fit, in the same order, unknown
   * where it has none.
   */
  readonly pretraining?: Cohort;
  /** Choices of the network's own, over the family's defaults. */
  readonly network?: Omit<NetworkOptions, "biology">;
  /** Biological terms of the diffusion network's loss; default none, as none has been seen to help. */
  readonly biology?: BiologicalWeights;
  /**
   * Where the network begins: at the copula's law (the default), so that it learns what that misses, or at independent
   * latents, so that it learns everything by itself.
   */
  readonly start?: "copula" | "independence";
  readonly onProgress?: (stage: LatentStage, share?: number) => void;
}

type LatentStage = Parameters<NonNullable<FactorCopulaOptions["onProgress"]>>[0] | "pretraining" | "network";

export interface LatentModelFit {
  readonly model: LatentModel;
  readonly copula: FactorCopulaFit;
  readonly training: TrainingSummary;
  readonly pretraining?: TrainingSummary;
}

/** Draws of each patient's latents that training picks from. */
const drawsPerPatient = 32;
/** A network begun at weights that know another cohort is moved at this share of the learning rate. */
const fineTuningRate = 1e-4;

/**
 * Fits a factor copula, and a network to what it misses of the dependence of mutations, copy number and expression's
 * factors on each other and on the clinical variables. What held-out patients do not confirm is not learnt.
 *
 * @throws as `fitFactorCopula`
 */
export async function fitLatentModel(
  family: NeuralFamily,
  cohort: Cohort,
  { training, pretraining, network: choices, biology, start, onProgress, ...options }: LatentModelOptions,
): Promise<LatentModelFit> {
  const copulaFit = fitFactorCopula(cohort, { ...options, ...(onProgress && { onProgress }) });
  const { parameters: copula } = copulaFit.model;
  const space = createLatentSpace(copula);
  if (space.law.variances.length === 0) {
    throw osteonError("generator.no-data", {
      what: "an alteration or a common factor for a network to learn",
      found: 0,
    });
  }
  const law =
    start === "independence"
      ? independentLaw({ conditionCount: space.clinical, dimensions: space.law.variances.length })
      : space.law;
  const { fitNetwork, buildSampler } = neuralFamilies[family];
  const { seed, signal } = options;
  const fitTo = (patients: Cohort, stage: LatentStage, given: Partial<Parameters<typeof fitNetwork>[2]>) => {
    onProgress?.(stage);
    const set = drawTrainingSet(patients, copula, space, { seed, draws: drawsPerPatient, signal });
    return fitNetwork(set, law, {
      ...choices,
      ...(biology && { biology: createBiologicalTerms(copula, space, options.geneSets ?? [], biology) }),
      seed,
      signal,
      ...given,
      training: { ...training, ...given.training },
    });
  };
  const earlier = pretraining && (await fitTo(pretraining, "pretraining", {}));
  const own = await fitTo(
    cohort,
    "network",
    earlier ? { initial: earlier.network.weights, training: { learningRate: fineTuningRate } } : {},
  );

  const { network } = own;
  const turnBack = space.turnBack;
  const drawer = new LatentDrawer(copula, () => LatentGenerator.open(buildSampler(network, samplerBatch)));
  const learnt = own.summary.bestEpoch >= 0 || earlier !== undefined || law !== space.law;
  const calibrated = learnt
    ? await calibrateLatents(copula, drawer, turnBack, seed)
    : { copula, calibration: trivialCalibration(turnBack, space.law.variances.length) };
  await drawer.release();
  return {
    model: new LatentModel({ family, network, ...calibrated }, buildSampler),
    copula: copulaFit,
    training: own.summary,
    ...(earlier && { pretraining: earlier.summary }),
  };
}
