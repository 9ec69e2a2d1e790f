import { RandomStream, streamId } from "@osteon/numerics";
import type { LatentTrainingSet } from "../latent/latent-training-set.ts";

const stream = streamId("test/latent-target");

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
  return drawSet(patients, seed, { conditionCount, dimensions: loadings.length }, (c, random) => {
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
  return drawSet(patients, seed, { conditionCount: 1, dimensions: 2 }, ([c], random) => {
    const side = random.nextUniform() < 0.5 ? -0.95 : 0.95;
    return [side, side * Math.sign(c!)].map((centre) => centre + 0.3 * random.nextNormal());
  });
}

/** 2 E|X − Y| − E|X − X′| − E|Y − Y′| of two samples of rows. Source: Székely & Rizzo 2004. */
export function energyDistance(x: Float32Array, y: Float32Array, columns: number): number {
  return 2 * meanDistance(x, y, columns) - meanDistance(x, x, columns) - meanDistance(y, y, columns);
}

function meanDistance(x: Float32Array, y: Float32Array, columns: number): number {
  const [rows, others] = [x.length / columns, y.length / columns];
  let total = 0;
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < others; k++) {
      let squares = 0;
      for (let j = 0; j < columns; j++) squares += (x[i * columns + j]! - y[k * columns + j]!) ** 2;
      total += Math.sqrt(squares);
    }
  }
  return total / (rows * others);
}

function drawSet(
  patients: number,
  seed: number,
  { conditionCount, dimensions }: { readonly conditionCount: number; readonly dimensions: number },
  drawLatents: (conditions: readonly number[], random: RandomStream) => readonly number[],
): LatentTrainingSet {
  const latents = new Float32Array(patients * dimensions);
  const conditions = new Float32Array(patients * conditionCount);
  for (let i = 0; i < patients; i++) {
    const random = new RandomStream(seed, stream, i);
    const given = Array.from({ length: conditionCount }, () => random.nextNormal());
    conditions.set(given, i * conditionCount);
    latents.set(drawLatents(given, random), i * dimensions);
  }
  return { patients, dimensions, conditionCount, draws: 1, latents, conditions };
}
