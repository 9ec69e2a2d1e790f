import {
  choleskyFactor,
  invertPositiveDefinite,
  multiplyMatrices,
  solveLowerColumns,
  solveLowerTransposedColumns,
  transposeMatrix,
} from "@osteon/numerics";
import type { CopulaStatistics } from "./copula-statistics.ts";
import { leadingBlock } from "./correlation-matrices.ts";
import { completeVariance, type ExpressionLoadings } from "./loadings.ts";

/** Steps down until what the clinical variables explain of the factors leaves them a variance. */
const stepDown = 0.9;

/**
 * Lets the factors follow the clinical variables: f = c Γ + what is left of variance, folded into the loadings, so that
 * the model's form stays: latent = anchors B + factors Λ + noise.
 *
 * One gene's dependence on a clinical variable is hardly to be told from chance at n ≈ 100, and
 * {@link regressOnAnchors} shrinks it accordingly. That of a factor, to which hundreds of genes belong, is known
 * better. Its coefficients are shrunk once more by what chance alone would give them over all factors (empirical Bayes
 * by moments; Morris 1983), in each of the whitened directions of the clinical variables. All of it follows from the
 * additive statistics.
 *
 * @param correlation of the anchors, anchors × anchors
 */
export function tieFactorsToClinical(
  loadings: ExpressionLoadings,
  statistics: CopulaStatistics,
  correlation: Float64Array,
  clinicalCount: number,
): ExpressionLoadings {
  const { rank, weights } = loadings;
  if (rank === 0) return loadings;
  const { anchors, sketch } = statistics;
  const { genes } = sketch;
  const clinicalCorrelation = leadingBlock(correlation, anchors, clinicalCount);
  let effects = estimateEffects(loadings, statistics, clinicalCount);
  let remaining: Float64Array | null;
  while (!(remaining = remainingFactor(effects, clinicalCorrelation, clinicalCount, rank))) {
    effects = effects.map((value) => stepDown * value);
  }
  const factors = weights.subarray(anchors * genes);
  const tied = weights.slice();
  multiplyMatrices(effects, factors, clinicalCount, rank, genes).forEach((value, at) => (tied[at]! += value));
  tied.set(multiplyMatrices(transposeMatrix(remaining, rank, rank), factors, rank, rank, genes), anchors * genes);
  return completeVariance(tied, rank, correlation, anchors);
}

/** Γ, clinical × factors, row-major. */
function estimateEffects(
  { rank, weights, noiseDeviations }: ExpressionLoadings,
  { anchors, patients, anchorMoment, crossMoment, measured, sketch: { genes } }: CopulaStatistics,
  clinicalCount: number,
): Float64Array {
  // Factors weighted by precision, Λ D⁻¹, and the covariance of their posterior, (I + Λ D⁻¹ Λᵀ)⁻¹.
  const factors = weights.subarray(anchors * genes);
  const precise = factors.map((loading, at) => loading / noiseDeviations[at % genes]! ** 2);
  const precision = multiplyMatrices(factors, transposeMatrix(precise, rank, genes), rank, genes, rank);
  for (let k = 0; k < rank; k++) precision[k * rank + k]! += 1;
  const posterior = invertPositiveDefinite(precision, rank);

  // Covariances of the clinical latents with what the anchors leave of the genes, then with the factors.
  const among = anchorMoment.map((value) => value / patients);
  const clinicalRows = among.slice(0, clinicalCount * anchors);
  const explained = multiplyMatrices(clinicalRows, weights.slice(0, anchors * genes), clinicalCount, anchors, genes);
  const left = explained.map((value, at) => crossMoment[at]! / Math.max(1, measured[at % genes]!) - value);
  const projected = multiplyMatrices(left, transposeMatrix(precise, rank, genes), clinicalCount, genes, rank);
  const lower = choleskyFactor(leadingBlock(among, anchors, clinicalCount), clinicalCount);
  if (!posterior || !lower) return new Float64Array(clinicalCount * rank);
  const covariances = multiplyMatrices(projected, posterior, clinicalCount, rank, rank);

  const whitened = solveLowerColumns(lower, clinicalCount, covariances);
  let variance = 0;
  for (let k = 0; k < rank; k++) variance += (1 - posterior[k * rank + k]!) / rank;
  for (let direction = 0; direction < clinicalCount; direction++) {
    const row = whitened.subarray(direction * rank, (direction + 1) * rank);
    const size = row.reduce((sum, value) => sum + value * value, 0) / rank;
    const share = Math.max(0, 1 - variance / patients / size) || 0;
    row.forEach((value, k) => (row[k] = share * value));
  }
  return solveLowerTransposedColumns(lower, clinicalCount, whitened);
}

/** Lower Cholesky factor of what clinical effects leave of the factors' covariance, I − Γᵀ Σ Γ; null where nothing. */
function remainingFactor(
  effects: Float64Array,
  clinicalCorrelation: Float64Array,
  clinicalCount: number,
  rank: number,
): Float64Array | null {
  const half = multiplyMatrices(clinicalCorrelation, effects, clinicalCount, clinicalCount, rank);
  const explained = multiplyMatrices(transposeMatrix(effects, clinicalCount, rank), half, rank, clinicalCount, rank);
  return choleskyFactor(
    explained.map((value, at) => (at % (rank + 1) === 0 ? 1 : 0) - value),
    rank,
  );
}
