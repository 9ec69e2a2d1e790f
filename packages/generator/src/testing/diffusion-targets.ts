import type { LatentTrainingSet } from "../latent/latent-training-set.ts";
import { simulateLatents } from "./simulate-latents.ts";

/** Three narrow groups at equal distances, of unit variance in each of two dimensions; the condition says nothing. */
export function simulateThreeGroups(patients: number, seed: number): LatentTrainingSet {
  const deviation = 0.25;
  const radius = Math.SQRT2 * Math.sqrt(1 - deviation ** 2);
  return simulateLatents({ patients, dimensions: 2, conditionCount: 1 }, seed, (_, random) => {
    const angle = (2 * Math.PI * random.nextInteger(3)) / 3;
    return [Math.cos, Math.sin].map((place) => radius * place(angle) + deviation * random.nextNormal());
  });
}

/** x = c · B + correlated noise, of variance 1 in all; B and the noise's covariance as in {@link linearTarget}. */
export function simulateLinear(patients: number, seed: number): LatentTrainingSet {
  const { regression, covariance } = linearTarget;
  const [variance, between] = [covariance[0]![0]!, covariance[0]![1]!];
  return simulateLatents({ patients, dimensions: 2, conditionCount: 2 }, seed, ([a, b], random) => {
    const [first, second] = [random.nextNormal(), random.nextNormal()];
    const noise = [
      Math.sqrt(variance) * first,
      (between * first) / Math.sqrt(variance) + Math.sqrt(covariance[1]![1]! - between ** 2 / variance) * second,
    ];
    return noise.map((value, j) => a! * regression[0]![j]! + b! * regression[1]![j]! + value);
  });
}

export const linearTarget = {
  regression: [
    [0.6, -0.3],
    [0, 0.5],
  ],
  covariance: [
    [0.64, 0.4],
    [0.4, 0.66],
  ],
} as const;
