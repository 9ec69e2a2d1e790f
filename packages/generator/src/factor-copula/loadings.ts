import type { ResidualDirections } from "./residual-directions.ts";

/** The genes' part of the model: latent = anchors B + factors Λ + √D noise, with unit variance. */
export interface ExpressionLoadings {
  /** (anchors + rank) × genes, row-major: B above Λ. */
  readonly weights: Float64Array;
  readonly rank: number;
  /** Standard deviation of the noise of each gene, √D. */
  readonly noiseDeviations: Float64Array;
}

/** No gene is explained beyond this: every one keeps some noise of its own. */
const largestCommunality = 0.97;

/**
 * Chooses the factors' sizes so that each gene's latent has variance 1.
 *
 * @param coefficients on the anchors, anchors × genes
 * @param residual directions found with these coefficients
 */
export function composeLoadings(
  coefficients: Float64Array,
  { eigenvalues, directions, explained }: ResidualDirections,
  rank: number,
): ExpressionLoadings {
  const genes = explained.length;
  const anchors = coefficients.length / genes;
  const weights = new Float64Array((anchors + rank) * genes);
  weights.set(coefficients);
  const communality = explained.slice();

  // Probabilistic PCA (Tipping & Bishop 1999): what the noise contributes to a direction is not the factor's.
  const kept = eigenvalues.subarray(0, rank);
  let unexplained = 0;
  for (const value of communality) unexplained += Math.max(0, 1 - value);
  for (const value of kept) unexplained -= value;
  const noise = Math.max(0, unexplained / Math.max(1, genes - rank));
  for (let k = 0; k < rank; k++) {
    const size = Math.sqrt(Math.max(0, kept[k]! - noise));
    for (let j = 0; j < genes; j++) {
      const loading = size * directions[k * genes + j]!;
      weights[(anchors + k) * genes + j] = loading;
      communality[j]! += loading * loading;
    }
  }

  const noiseDeviations = new Float64Array(genes);
  for (let j = 0; j < genes; j++) {
    if (communality[j]! > largestCommunality) {
      const scale = Math.sqrt(largestCommunality / communality[j]!);
      for (let row = 0; row < anchors + rank; row++) weights[row * genes + j]! *= scale;
      communality[j] = largestCommunality;
    }
    noiseDeviations[j] = Math.sqrt(1 - communality[j]!);
  }
  return { weights, rank, noiseDeviations };
}
