import { multiplyMatrices } from "@osteon/numerics";
import { shrinkTowardsGroupsInPlace, type LoadingPrior } from "./loading-prior.ts";
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
 * Deviations of single genes from their sets are shrunk as if their noise had this many times its variance.
 * Once is best for the likelihood of patients not seen, and leaves the training patients easier to tell.
 */
const noiseCaution = 2.5;

/** What the factors' loadings are shrunk by: gene sets, and how many patients the directions come from. */
export interface LoadingShrinkage {
  readonly prior: LoadingPrior;
  readonly patients: number;
}

/**
 * Chooses the factors' sizes so that each gene's latent has variance 1.
 *
 * @param coefficients on the anchors, anchors × genes
 * @param residual directions found with these coefficients
 * @param shrinkage null leaves the loadings as the directions give them
 */
export function composeLoadings(
  coefficients: Float64Array,
  { eigenvalues, directions, explained }: ResidualDirections,
  rank: number,
  shrinkage: LoadingShrinkage | null,
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
      weights[(anchors + k) * genes + j] = size * directions[k * genes + j]!;
    }
  }
  const factors = weights.subarray(anchors * genes);
  if (shrinkage && rank > 0) shrinkFactorsInPlace(factors, rank, explained, shrinkage);
  factors.forEach((loading, at) => {
    communality[at % genes]! += loading * loading;
  });
  return withUnitVariance(weights, rank, communality);
}

/**
 * Loadings with the noise that completes each gene's variance to 1.
 *
 * @param weights (anchors + rank) × genes; B and Λ
 * @param correlation of the anchors, anchors × anchors
 */
export function completeVariance(
  weights: Float64Array,
  rank: number,
  correlation: Float64Array,
  anchors: number,
): ExpressionLoadings {
  const genes = weights.length / (anchors + rank);
  const coefficients = weights.slice(0, anchors * genes);
  const communality = new Float64Array(genes);
  multiplyMatrices(correlation, coefficients, anchors, anchors, genes).forEach((value, at) => {
    communality[at % genes]! += value * coefficients[at]!;
  });
  weights.subarray(anchors * genes).forEach((loading, at) => {
    communality[at % genes]! += loading * loading;
  });
  return withUnitVariance(weights, rank, communality);
}

/** Changes the weights in place of genes that are explained beyond what any may be. */
function withUnitVariance(weights: Float64Array, rank: number, communality: Float64Array): ExpressionLoadings {
  const genes = communality.length;
  const noiseDeviations = new Float64Array(genes);
  for (let j = 0; j < genes; j++) {
    if (communality[j]! > largestCommunality) {
      const scale = Math.sqrt(largestCommunality / communality[j]!);
      for (let at = j; at < weights.length; at += genes) weights[at]! *= scale;
      communality[j] = largestCommunality;
    }
    noiseDeviations[j] = Math.sqrt(1 - communality[j]!);
  }
  return { weights, rank, noiseDeviations };
}

/**
 * A loading is in effect a regression of the gene on the factor's scores, and has that regression's noise: what
 * the factors leave of a gene, over the patients less the factors.
 */
function shrinkFactorsInPlace(
  factors: Float64Array,
  rank: number,
  explained: Float64Array,
  { prior, patients }: LoadingShrinkage,
): void {
  const genes = explained.length;
  const unexplained = explained.map((value) => 1 - value);
  factors.forEach((loading, at) => {
    unexplained[at % genes]! -= loading * loading;
  });
  const left = unexplained.reduce((sum, value) => sum + Math.max(1 - largestCommunality, value), 0) / genes;
  const noise = (noiseCaution * left) / Math.max(1, patients - rank);
  for (let k = 0; k < rank; k++) {
    shrinkTowardsGroupsInPlace(factors.subarray(k * genes, (k + 1) * genes), noise, prior);
  }
}
