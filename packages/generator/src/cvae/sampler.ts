import { add, exp, input, multiply, multiplyMatrices, parameter, slice, sqrt } from "@osteon/network";
import { osteonError } from "@osteon/errors";
import type { LatentNetwork, LatentSampler } from "../latent/latent-network.ts";
import { decode, type CvaeShape } from "./network.ts";

/** Names under which the law stands among a network's weights. */
export const lawNames = { regression: "law/regression", variances: "law/variances" } as const;

/**
 * One graph from noise and conditions to latents: x = c · B + √r ⊙ (μ(h, c) + s ⊙ ε), with code h and residual ε from
 * the noise. Without the residual a patient's latents would lie on a surface of `codes` dimensions, and be told from
 * real ones at once.
 *
 * @throws `generator.malformed-model` where the description lacks a size; encoding the graph throws `network.weights`
 * where a tensor does not fit it
 */
export function buildCvaeSampler({ description, weights }: LatentNetwork, batch: number): LatentSampler {
  const shape = readShape(description);
  const { codes, dimensions, conditionCount } = shape;
  const noiseCount = codes + dimensions;
  const noise = input("noise", [batch, noiseCount]);
  const conditions = input("conditions", [batch, conditionCount]);
  const { mean, logVariance } = decode(shape, slice(noise, 0, codes), conditions);
  const deviation = exp(multiply(logVariance, 0.5));
  const innovations = add(mean, multiply(deviation, slice(noise, codes, noiseCount)));
  const expected = multiplyMatrices(
    conditions,
    parameter(lawNames.regression, [conditionCount, dimensions], { constant: 0 }),
  );
  const scale = sqrt(parameter(lawNames.variances, [dimensions], { constant: 1 }));
  return { noiseCount, latents: add(expected, multiply(scale, innovations)), weights };
}

function readShape(description: LatentNetwork["description"]): CvaeShape {
  const isSize = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 1;
  const read = (name: string) => {
    const value = description[name];
    if (!isSize(value)) throw osteonError("generator.malformed-model", { family: "cvae", name });
    return value;
  };
  const { hidden } = description;
  if (!Array.isArray(hidden) || hidden.length === 0 || !hidden.every(isSize)) {
    throw osteonError("generator.malformed-model", { family: "cvae", name: "hidden" });
  }
  return {
    dimensions: read("dimensions"),
    conditionCount: read("conditionCount"),
    codes: read("codes"),
    hidden,
  };
}
