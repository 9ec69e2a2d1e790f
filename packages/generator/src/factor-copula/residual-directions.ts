import { decomposeSymmetric, multiplyMatrices, transposeMatrix, type SymmetricEigen } from "@osteon/numerics";
import type { CopulaStatistics } from "./copula-statistics.ts";
import { multiplyBySketch } from "./sketch.ts";

/** Principal directions of what the anchors leave of the genes' covariance. */
export interface ResidualDirections {
  /** Eigenvalues, falling, none negative. */
  readonly eigenvalues: Float64Array;
  /** Unit eigenvectors, one a row, factors × genes, row-major. */
  readonly directions: Float64Array;
  /** Variance of each gene that the anchors give: the diagonal of Bᵀ R B. */
  readonly explained: Float64Array;
}

/** Eigenvalues under this share of the largest are rounding. */
const relativeTolerance = 1e-9;

/**
 * Leading eigenpairs of S − Bᵀ R B, the genes' covariance S less what the anchors will put into generated
 * patients (R their correlation, B the coefficients). Taking off the model's own share, and not the
 * residuals' covariance, keeps every gene–gene covariance whole however much B is shrunk.
 *
 * The second moment M of the genes, with 0 where not measured, is known by MΩ alone: M ≈ (MΩ)(ΩᵀMΩ)⁺(MΩ)ᵀ,
 * exact while M has at most the sketch's rank. S is M over √(m_j m_k), with m_j the patients measured: as
 * positive as M, where pairwise counts would make it indefinite. Outside S's row space the difference has no
 * positive direction, so it is decomposed within.
 * Source: Tropp, Yurtsever, Udell & Cevher 2017 (fixed-rank Nyström approximation from a sketch).
 *
 * @param coefficients B, anchors × genes, row-major
 * @param correlation R, anchors × anchors
 */
export function findResidualDirections(
  statistics: CopulaStatistics,
  coefficients: Float64Array,
  correlation: Float64Array,
  largestRank: number,
): ResidualDirections {
  const { anchors, sketch, measured, crossMoment } = statistics;
  const { genes, width } = sketch;
  const image = crossMoment.slice(anchors * genes);
  const core = multiplyBySketch(image, width, sketch);
  const root = multiplyMatrices(inverseRoot(core, width), image, width, width, genes);
  for (let k = 0; k < root.length; k++) root[k]! /= Math.sqrt(Math.max(1, measured[k % genes]!));

  // Orthonormal basis of S's row space, in which S is diagonal.
  const gram = decomposeSymmetric(
    multiplyMatrices(root, transposeMatrix(root, width, genes), width, genes, width),
    width,
  );
  const basis = multiplyMatrices(scaleRows(gram, width), root, width, width, genes);

  const turned = multiplyMatrices(correlation, coefficients, anchors, anchors, genes);
  const explained = new Float64Array(genes);
  for (let k = 0; k < turned.length; k++) explained[k % genes]! += turned[k]! * coefficients[k]!;
  const across = transposeMatrix(basis, width, genes);
  const effects = multiplyMatrices(coefficients, across, anchors, genes, width);
  const inside = multiplyMatrices(
    transposeMatrix(effects, anchors, width),
    multiplyMatrices(turned, across, anchors, genes, width),
    width,
    anchors,
    width,
  ).map((value) => -value);
  for (let k = 0; k < width; k++) inside[k * width + k]! += Math.max(0, gram.values[k]!);
  const { values, vectors } = decomposeSymmetric(inside, width);
  const rank = Math.min(largestRank, width);
  return {
    eigenvalues: values.slice(0, rank).map((value) => Math.max(0, value)),
    directions: multiplyMatrices(vectors.slice(0, rank * width), basis, rank, width, genes),
    explained,
  };
}

/** The pseudo-inverse square root of a symmetric, up to rounding positive matrix. */
function inverseRoot(matrix: Float64Array, size: number): Float64Array {
  const symmetric = matrix.map((value, k) => (value + matrix[(k % size) * size + Math.floor(k / size)]!) / 2);
  return scaleRows(decomposeSymmetric(symmetric, size), size);
}

/** Each eigenvector, a row, over the root of its eigenvalue; 0 where that is rounding. */
function scaleRows({ values, vectors }: SymmetricEigen, size: number): Float64Array {
  const limit = relativeTolerance * values[0]!;
  return vectors.map((value, k) => {
    const eigenvalue = values[Math.floor(k / size)]!;
    return eigenvalue > limit && eigenvalue > 0 ? value / Math.sqrt(eigenvalue) : 0;
  });
}
