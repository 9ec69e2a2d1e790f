import type { LatentTrainingSet, LinearLaw } from "./latent-training-set.ts";

/**
 * What a law leaves to explain: (x − c · regression) / √variances of every row. Of data that follow the law they are
 * independent standard normals, whatever the conditions. The conditions stay as they are.
 */
export function standardiseInnovations(
  set: LatentTrainingSet,
  { regression, variances }: LinearLaw,
): LatentTrainingSet {
  const { dimensions, conditionCount, conditions } = set;
  const latents = Float32Array.from(set.latents, (value, k) => {
    const row = Math.floor(k / dimensions);
    const column = k % dimensions;
    let expected = 0;
    for (let j = 0; j < conditionCount; j++) {
      expected += conditions[row * conditionCount + j]! * regression[j * dimensions + column]!;
    }
    return (value - expected) / Math.sqrt(variances[column]!);
  });
  return { ...set, latents };
}
