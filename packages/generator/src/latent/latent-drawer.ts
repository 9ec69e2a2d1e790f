import type { SessionOptions } from "@osteon/network";
import { ClinicalSampler, type FollowUp } from "../factor-copula/clinical-sampler.ts";
import { leadingBlock } from "../factor-copula/correlation-matrices.ts";
import { anchorCount } from "../factor-copula/latent-bounds.ts";
import type { FactorCopulaParameters } from "../factor-copula/parameters.ts";
import type { SampleRequest } from "../model.ts";
import { LatentGenerator, samplerBatch } from "./latent-generator.ts";
import type { BuildLatentSampler, LatentNetwork } from "./latent-network.ts";
import { toNetworkConditions } from "./network-conditions.ts";

/** Latents of patients, before anything is decoded. */
export interface DrawnLatents {
  readonly followUps: readonly FollowUp[];
  /** Patients × clinical variables, row-major. */
  readonly clinical: Float64Array;
  /** Coordinates of the latent space, patients × dimensions, row-major. */
  readonly coordinates: Float32Array;
}

/**
 * Draws the clinical variables under the conditions, exactly (alive at t is T > t, never T = t), then a network's
 * coordinates given them.
 */
export class LatentDrawer {
  readonly #copula: FactorCopulaParameters;
  readonly #clinicalCorrelation: Float64Array;
  readonly #open: () => Promise<LatentGenerator>;
  #generator: Promise<LatentGenerator> | undefined;

  constructor(
    copula: FactorCopulaParameters,
    network: LatentNetwork,
    buildSampler: BuildLatentSampler,
    options: SessionOptions = {},
  ) {
    const { marginals, correlation } = copula;
    this.#copula = copula;
    this.#clinicalCorrelation = leadingBlock(correlation, anchorCount(marginals), marginals.clinical.length);
    this.#open = () => LatentGenerator.open(buildSampler(network, samplerBatch), options);
  }

  async draw({ conditions, seed, firstIndex, count }: SampleRequest): Promise<DrawnLatents> {
    const { marginals } = this.#copula;
    const width = marginals.clinical.length;
    const sampler = new ClinicalSampler(marginals, this.#clinicalCorrelation, conditions);
    const clinical = new Float64Array(count * width);
    const followUps = Array.from({ length: count }, (_, i) =>
      sampler.draw(seed, firstIndex + i, clinical.subarray(i * width, (i + 1) * width)),
    );
    const generator = await (this.#generator ??= this.#open());
    const coordinates = await generator.draw({
      conditions: toNetworkConditions(clinical),
      seed,
      firstIndex,
      count,
    });
    return { followUps, clinical, coordinates };
  }

  /** Frees the network; a later draw loads it again. */
  async release(): Promise<void> {
    const generator = this.#generator;
    this.#generator = undefined;
    await (await generator)?.release();
  }
}
