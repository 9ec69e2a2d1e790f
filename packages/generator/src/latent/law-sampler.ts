import { add, constant, input, multiply, multiplyMatrices } from "@osteon/network";
import type { LatentSampler } from "./latent-network.ts";
import type { LinearLaw } from "./latent-training-set.ts";

/** A sampler that draws a linear law exactly, without a network: the factor copula as a graph. */
export function buildLawSampler({ regression, variances }: LinearLaw, batch: number): LatentSampler {
  const dimensions = variances.length;
  const conditionCount = regression.length / dimensions;
  const means = multiplyMatrices(
    input("conditions", [batch, conditionCount]),
    constant(regression, [conditionCount, dimensions]),
  );
  const deviations = constant(variances.map(Math.sqrt), [1, dimensions]);
  const latents = add(means, multiply(input("noise", [batch, dimensions]), deviations));
  return { noiseCount: dimensions, latents, weights: {} };
}
