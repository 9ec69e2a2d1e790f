import { RandomStream, streamId } from "@osteon/numerics";
import type { LatentNode } from "./structure.ts";

/** A linear Gaussian network whose variables all have mean 0 and variance 1. */
export interface LatentModel {
  readonly names: readonly string[];
  /** Position of each name. */
  readonly positions: ReadonlyMap<string, number>;
  /** Correlations, size × size, row-major. */
  readonly correlations: Float64Array;
  /** Standard deviation of each variable's own noise. */
  readonly noise: Float64Array;
  readonly parents: readonly (readonly Weight[])[];
}

export interface Weight {
  readonly position: number;
  readonly weight: number;
}

/**
 * Works out the correlations that the effects imply (Wright 1921, path analysis): one pass, since
 * parents stand before children.
 */
export function buildLatentModel(nodes: readonly LatentNode[]): LatentModel {
  const size = nodes.length;
  const positions = new Map(nodes.map((node, position) => [node.name, position]));
  const parents = nodes.map((node) => weightsOf(node.parents, positions));
  const correlations = new Float64Array(size * size);
  const noise = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    correlations[i * size + i] = 1;
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (const { position, weight } of parents[i]!) sum += weight * correlations[position * size + j]!;
      correlations[i * size + j] = sum;
      correlations[j * size + i] = sum;
    }
    noise[i] = Math.sqrt(1 - varianceOfSum(parents[i]!, correlations, size));
  }
  return { names: nodes.map((node) => node.name), positions, correlations, noise, parents };
}

/** Variance of a weighted sum of latent variables. */
export function varianceOfSum(weights: readonly Weight[], correlations: Float64Array, size: number): number {
  let variance = 0;
  for (const a of weights) {
    for (const b of weights) variance += a.weight * b.weight * correlations[a.position * size + b.position]!;
  }
  return variance;
}

/** Draws the latent variables: patients × variables, row-major. A patient depends on seed and index alone. */
export function drawLatents(model: LatentModel, patients: number, seed: number): Float64Array {
  const size = model.names.length;
  const values = new Float64Array(patients * size);
  for (let v = 0; v < size; v++) {
    const stream = streamId(`demonstration ${model.names[v]!}`);
    for (let i = 0; i < patients; i++) {
      let value = model.noise[v]! * new RandomStream(seed, stream, i).nextNormal();
      for (const { position, weight } of model.parents[v]!) value += weight * values[i * size + position]!;
      values[i * size + v] = value;
    }
  }
  return values;
}

export function weightsOf(
  parents: Readonly<Record<string, number>>,
  positions: ReadonlyMap<string, number>,
): readonly Weight[] {
  return Object.entries(parents).map(([name, weight]) => ({ position: positions.get(name)!, weight }));
}
