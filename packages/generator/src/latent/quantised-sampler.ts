import {
  measureActivationRanges,
  quantiseGraph,
  RandomFill,
  type ActivationRange,
  type EncodedGraph,
} from "@osteon/network";
import { streamId } from "@osteon/numerics";
import { ClinicalSamplers } from "../factor-copula/clinical-samplers.ts";
import type { FactorCopulaParameters } from "../factor-copula/parameters.ts";
import { drawClinicalLatents } from "./draw-clinical-latents.ts";
import { samplerBatch } from "./batch-runner.ts";
import { LatentGenerator } from "./latent-generator.ts";
import type { LatentSampler } from "./latent-network.ts";
import { toNetworkConditions } from "./network-conditions.ts";

const stream = streamId("latent/int8-calibration");
const calibrationBatches = 64;

/**
 * Ranges of a sampler's activations over patients drawn without conditions: fixed before use, so that in int8 too a
 * patient does not depend on who shares the batch.
 */
export async function measureSamplerRanges(
  copula: FactorCopulaParameters,
  sampler: LatentSampler,
): Promise<ActivationRange[]> {
  const fill = new RandomFill(samplerBatch * sampler.noiseCount);
  const samplers = new ClinicalSamplers(copula);
  const batches = Array.from({ length: calibrationBatches }, (_, index) => {
    const request = { conditions: {}, seed: stream, firstIndex: index * samplerBatch, count: samplerBatch };
    const noise = new Float32Array(samplerBatch * sampler.noiseCount);
    fill.fillNormals(noise, { seed: stream, stream, index });
    return { inputs: { noise, conditions: toNetworkConditions(drawClinicalLatents(samplers, request).clinical) } };
  });
  return measureActivationRanges({ latents: sampler.latents }, sampler.weights, batches);
}

/** Loads a sampler with its network in int8. */
export async function openQuantised(copula: FactorCopulaParameters, sampler: LatentSampler): Promise<LatentGenerator> {
  const ranges = await measureSamplerRanges(copula, sampler);
  return LatentGenerator.openEncoded(encodeQuantised({ latents: sampler.latents }, sampler.weights, ranges));
}

/** A sampler, or a graph around one, with its network in int8; the linear law stays in float. */
export function encodeQuantised(
  outputs: Parameters<typeof quantiseGraph>[0],
  weights: LatentSampler["weights"],
  ranges: readonly ActivationRange[],
): EncodedGraph {
  return quantiseGraph(outputs, weights, ranges, { keepFloat: ["law/regression"] });
}
