import { normalQuantile } from "@osteon/numerics";

/**
 * Cut points of an ordinal variable on the latent normal: code c is seen where
 * `cuts[c − 1] < z ≤ cuts[c]`, the outer ones being infinite.
 *
 * The category probabilities are shrunk towards `prior` with the weight of `strength` patients (the
 * mean of the Dirichlet, for two categories the Beta posterior), so none is ever 0 or 1.
 */
export function fitThresholds(counts: readonly number[], prior: readonly number[], strength: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const cuts: number[] = [];
  let cumulative = 0;
  for (let c = 0; c < counts.length - 1; c++) {
    cumulative += (counts[c]! + strength * prior[c]!) / (total + strength);
    cuts.push(normalQuantile(cumulative));
  }
  return cuts;
}

/** The code that the latent value z shows. */
export function codeOfLatent(cuts: ArrayLike<number>, z: number): number {
  let code = 0;
  while (code < cuts.length && z > cuts[code]!) code++;
  return code;
}

/** The latent interval of a code. */
export function latentInterval(cuts: ArrayLike<number>, code: number): readonly [number, number] {
  return [code === 0 ? -Infinity : cuts[code - 1]!, code === cuts.length ? Infinity : cuts[code]!];
}
