import { fitCvaeNetwork } from "./cvae/fit.ts";
import type { CvaeOptions } from "./cvae/options.ts";
import { buildCvaeSampler } from "./cvae/sampler.ts";
import { buildDiffusionSampler } from "./diffusion/build-diffusion-sampler.ts";
import { fitDiffusionNetwork } from "./diffusion/fit-diffusion-network.ts";
import type { DiffusionOptions } from "./diffusion/options.ts";
import type {
  BuildLatentSampler,
  LatentNetwork,
  NetworkTrainingOptions,
  TrainingSummary,
} from "./latent/latent-network.ts";
import type { LatentTrainingSet, LinearLaw } from "./latent/latent-training-set.ts";
import type { NeuralFamily } from "./model.ts";

/** Choices of the families' own; each family reads its own. */
export type NetworkOptions = Partial<DiffusionOptions> & Partial<CvaeOptions>;

/** What sets one neural family apart from another. */
export interface NeuralFamilyParts {
  readonly fitNetwork: (
    set: LatentTrainingSet,
    law: LinearLaw,
    options: NetworkTrainingOptions & NetworkOptions,
  ) => Promise<{ readonly network: LatentNetwork; readonly summary: TrainingSummary }>;
  readonly buildSampler: BuildLatentSampler;
}

export const neuralFamilies: Readonly<Record<NeuralFamily, NeuralFamilyParts>> = {
  diffusion: { fitNetwork: fitDiffusionNetwork, buildSampler: buildDiffusionSampler },
  cvae: { fitNetwork: fitCvaeNetwork, buildSampler: buildCvaeSampler },
};
