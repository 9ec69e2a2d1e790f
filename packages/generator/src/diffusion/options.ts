import type { GivenTrainingOptions } from "@osteon/network";
import { completeOptions, natural, share, weight, wholeOrNone } from "../latent/complete-options.ts";
import type { BiologicalTerms } from "./biological-terms.ts";

/** Choices of the diffusion network beside those of training. */
export interface DiffusionOptions {
  /** Units of the outer layers; a block's inner layer has twice as many. */
  readonly width: number;
  /** Residual blocks. */
  readonly blocks: number;
  /** Units that tell the layers of noise and conditions. */
  readonly embedding: number;
  /** Rows of a training step. */
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly dropout: number;
  /** Share of rows that train without their conditions. */
  readonly conditionDropout: number;
  /** Strength of mixing patients; 0: none. */
  readonly mixup: number;
  /** Share of patients held out for early stopping; 0: none, and training runs all of its epochs. */
  readonly validationShare: number;
  /** Noise levels and draws that each held-out patient is looked at with. */
  readonly validationLevels: number;
  /** Train again on all patients for the number of epochs that the held-out ones chose. */
  readonly refit: boolean;
  /** Default of sampling: how far conditions are followed. */
  readonly guidance: number;
  /** Default of sampling: Heun steps. */
  readonly steps: number;
  readonly biology: BiologicalTerms;
}

const defaultDiffusionOptions: DiffusionOptions = {
  width: 128,
  blocks: 1,
  embedding: 32,
  batchSize: 64,
  stepsPerEpoch: 20,
  dropout: 0.1,
  conditionDropout: 0.15,
  mixup: 0,
  validationShare: 0.2,
  validationLevels: 32,
  refit: true,
  guidance: 1,
  steps: 18,
  biology: {},
};

/** The rate stays: the average of the weights takes its noise out, and a refit of fewer epochs repeats it exactly. */
export const defaultDiffusionTraining: GivenTrainingOptions = {
  epochs: 400,
  learningRate: 3e-4,
  warmUpSteps: 100,
  finalRateShare: 1,
  weightDecay: 0.01,
  averageDecay: 0.995,
  patience: 60,
};

/** Defaults filled in and every number checked; throws `generator.option`. */
export function completeDiffusionOptions(given: Partial<DiffusionOptions>): DiffusionOptions {
  return completeOptions(defaultDiffusionOptions, given, {
    width: natural,
    blocks: wholeOrNone,
    embedding: natural,
    batchSize: natural,
    stepsPerEpoch: natural,
    dropout: share,
    conditionDropout: share,
    mixup: weight,
    validationShare: share,
    validationLevels: natural,
    guidance: weight,
    steps: natural,
  });
}
