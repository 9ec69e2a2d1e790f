import type { FactorCopulaParameters } from "../factor-copula/parameters.ts";
import { ClinicalSamplers } from "../factor-copula/clinical-samplers.ts";
import type { CacheCounts, SampleRequest } from "../model.ts";
import { drawClinicalLatents, type ClinicalLatents } from "./draw-clinical-latents.ts";
import type { LatentGenerator } from "./latent-generator.ts";
import { toNetworkConditions } from "./network-conditions.ts";

/** Latents of patients, before anything is decoded. */
export interface DrawnLatents extends ClinicalLatents {
  /** Coordinates of the latent space, patients × dimensions, row-major. */
  readonly coordinates: Float32Array;
}

/** Draws the clinical variables, then a network's coordinates given them. The network is loaded when first used. */
export class LatentDrawer {
  readonly #samplers: ClinicalSamplers;
  readonly #open: () => Promise<LatentGenerator>;
  #generator: Promise<LatentGenerator> | undefined;

  constructor(copula: FactorCopulaParameters, open: () => Promise<LatentGenerator>) {
    this.#samplers = new ClinicalSamplers(copula);
    this.#open = open;
  }

  get profileCache(): CacheCounts {
    return this.#samplers.counts;
  }

  async draw(request: SampleRequest): Promise<DrawnLatents> {
    const drawn = drawClinicalLatents(this.#samplers, request);
    const generator = await (this.#generator ??= this.#open());
    const coordinates = await generator.draw({ ...request, conditions: toNetworkConditions(drawn.clinical) });
    return { ...drawn, coordinates };
  }

  /** Frees the network; a later draw loads it again. */
  async release(): Promise<void> {
    const generator = this.#generator;
    this.#generator = undefined;
    await (await generator)?.release();
  }
}
