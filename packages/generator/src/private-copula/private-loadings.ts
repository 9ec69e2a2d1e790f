import { decomposeSymmetric, invertPositiveDefinite, multiplyMatrices, transposeMatrix } from "@osteon/numerics";
import { composeLoadings, type ExpressionLoadings } from "../factor-copula/loadings.ts";

/** Factors are few where noise is much; no more than this are kept. */
const largestRank = 40;

/**
 * The genes' part of the model from the whole correlation: regression on the anchors, and the directions of
 * what these leave that stand out of the noise. Choosing the rank looks at noisy numbers alone and costs no
 * privacy.
 *
 * @param correlation anchors before genes, positive definite, unit diagonal
 * @param noiseDeviation of a correlation, by the noise added
 */
export function loadingsOfCorrelation(
  correlation: Float64Array,
  anchors: number,
  patients: number,
  noiseDeviation: number,
): ExpressionLoadings {
  const size = Math.sqrt(correlation.length);
  const genes = size - anchors;
  const block = (rows: number, firstRow: number, columns: number, firstColumn: number) =>
    Float64Array.from(
      { length: rows * columns },
      (_, k) => correlation[(firstRow + Math.floor(k / columns)) * size + firstColumn + (k % columns)]!,
    );
  const inverse = invertPositiveDefinite(block(anchors, 0, anchors, 0), anchors);
  if (!inverse) throw new RangeError("the anchors' correlation is not positive definite");
  const cross = block(anchors, 0, genes, anchors);
  const coefficients = multiplyMatrices(inverse, cross, anchors, anchors, genes);
  const carried = multiplyMatrices(transposeMatrix(coefficients, anchors, genes), cross, genes, anchors, genes);
  const left = block(genes, anchors, genes, anchors).map((value, k) => value - carried[k]!);
  const { values, vectors } = decomposeSymmetric(left, genes);
  const explained = Float64Array.from({ length: genes }, (_, j) => carried[j * genes + j]!);

  const unexplained = 1 - explained.reduce((sum, value) => sum + value, 0) / genes;
  // Largest eigenvalue of independent genes (Marchenko & Pastur 1967), and of the noise (Wigner 1958).
  const edge = unexplained * (1 + Math.sqrt(genes / patients)) ** 2 + 2 * noiseDeviation * Math.sqrt(genes);
  const standingOut = values.filter((value) => value > edge).length;
  const rank = Math.min(standingOut, largestRank, genes - 1);
  return composeLoadings(
    coefficients,
    {
      eigenvalues: values.slice(0, rank).map((value) => Math.max(0, value)),
      directions: vectors.slice(0, rank * genes),
      explained,
    },
    rank,
    null,
  );
}
