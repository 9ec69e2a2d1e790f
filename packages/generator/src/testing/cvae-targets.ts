import type { LatentTrainingSet } from "../latent/latent-training-set.ts";
import { simulateLatents } from "./simulate-latents.ts";

/** x = c · slopes + z · loadings + deviation · ε with all of c, z and ε standard normal. */
export const linearTarget = {
  conditionCount: 2,
  dimensions: 4,
  slopes: [
    [0.6, -0.4, 0, 0.3],
    [0, 0.5, 0.5, -0.3],
  ],
  loadings: [0.6, 0.5, -0.5, 0],
  deviation: 0.5,
} as const;

/** Covariance of x given c, row-major. */
export function linearTargetCovariance(): number[] {
  const { loadings, deviation } = linearTarget;
  return loadings.flatMap((a, i) => loadings.map((b, j) => a * b + (i === j ? deviation ** 2 : 0)));
}

export function drawLinearTarget(patients: number, seed: number): LatentTrainingSet {
  const { conditionCount, slopes, loadings, deviation } = linearTarget;
  return simulateLatents({ patients, conditionCount, dimensions: loadings.length }, seed, (c, random) => {
    const z = random.nextNormal();
    return loadings.map(
      (loading, j) => c[0]! * slopes[0][j]! + c[1]! * slopes[1][j]! + z * loading + deviation * random.nextNormal(),
    );
  });
}

/**
 * Two clouds of deviation 0.3 around ±0.95 · (1, s) in two dimensions, where s = 1 or −1 is the sign of the only
 * condition: each dimension alone has mean 0 and variance 1, and conditions say nothing of its mean.
 */
export function drawMixtureTarget(patients: number, seed: number): LatentTrainingSet {
  return simulateLatents({ patients, conditionCount: 1, dimensions: 2 }, seed, ([c], random) => {
    const side = random.nextUniform() < 0.5 ? -0.95 : 0.95;
    return [side, side * Math.sign(c!)].map((centre) => centre + 0.3 * random.nextNormal());
  });
}
