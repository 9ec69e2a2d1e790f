import {
  choleskyFactor,
  decomposeSymmetric,
  invertPositiveDefinite,
  multiplyMatrices,
  transposeMatrix,
} from "@osteon/numerics";
import type { CopulaStatistics } from "./copula-statistics.ts";
import { multiplyBySketch, sketchRows } from "./sketch.ts";

/**
 * What the genes' latents owe to the anchors, and the principal directions of what is left.
 * Matrices have genes in columns, row-major.
 */
export interface ExpressionRegression {
  /** Regression of the genes on the anchors' latents, anchors × genes. */
  readonly coefficients: Float64Array;
  /** Eigenvalues of the residual covariance, falling. */
  readonly eigenvalues: Float64Array;
  /** Unit eigenvectors, one a row, factors × genes. */
  readonly directions: Float64Array;
}

/** Options of {@link solveExpression}. */
export interface RegressionOptions {
  /** Ridge penalty, in units of an anchor's variance. */
  readonly ridge: number;
  readonly largestRank: number;
  /** For each gene the anchor that is its own copy number, or −1. Such a pair is not left to the ridge. */
  readonly cisAnchors: Int32Array;
}

/** A gene's own copy number is shrunk only as much as this many patients without an effect would. */
const cisShrinkagePatients = 5;
/** Keeps the sketch's core matrix positive definite; relative to the mean eigenvalue. */
const relativeShift = 1e-9;

/**
 * Ridge regression and residual eigenvectors from additive statistics alone.
 *
 * The expected anchors (not drawn ones) are the regressors, so interval-valued anchors do not bias the
 * coefficients (regression calibration; Carroll et al. 2006, ch. 4). The residual covariance S is known
 * by S Ω: S ≈ (SΩ)(ΩᵀSΩ)⁻¹(SΩ)ᵀ, exact while S has at most the sketch's rank.
 * Source: Tropp, Yurtsever, Udell & Cevher 2017, algorithm 3 (fixed-rank Nyström with shift).
 */
export function solveExpression(
  statistics: CopulaStatistics,
  { ridge, largestRank, cisAnchors }: RegressionOptions,
): ExpressionRegression {
  const { anchors, patients, sketch } = statistics;
  const { genes, width } = sketch;
  const anchorCovariance = statistics.anchorMoment.map((value) => value / patients);
  const cross = scaleToCovariance(statistics, 0, anchors);
  const coefficients = regress(anchorCovariance, cross, anchors, genes, ridge, cisAnchors, patients);

  // Residual covariance times Ω, transposed: width × genes.
  const both = new Float64Array(2 * anchors * genes);
  both.set(coefficients);
  both.set(cross, anchors * genes);
  const sketched = multiplyBySketch(both, 2 * anchors, sketch);
  const sketchedCoefficients = transposeMatrix(sketched.slice(0, anchors * width), anchors, width);
  const sketchedCross = transposeMatrix(sketched.slice(anchors * width), anchors, width);
  const explained = multiplyMatrices(sketchedCoefficients, anchorCovariance, width, anchors, anchors);
  const mixed = sketchedCross.map((value, k) => value - explained[k]!);
  const residual = scaleToCovariance(statistics, anchors, width);
  subtractInPlace(residual, multiplyMatrices(sketchedCoefficients, cross, width, anchors, genes));
  subtractInPlace(residual, multiplyMatrices(mixed, coefficients, width, anchors, genes));

  return { coefficients, ...principalDirections(residual, sketch, largestRank) };
}

/** Rows from … from + height − 1 of the cross moment as covariances, by gene over the patients measured. */
function scaleToCovariance({ crossMoment, measured, sketch }: CopulaStatistics, from: number, height: number) {
  const { genes } = sketch;
  const rows = crossMoment.slice(from * genes, (from + height) * genes);
  for (let k = 0; k < rows.length; k++) rows[k]! /= Math.max(1, measured[k % genes]!);
  return rows;
}

function regress(
  anchorCovariance: Float64Array,
  cross: Float64Array,
  anchors: number,
  genes: number,
  ridge: number,
  cisAnchors: Int32Array,
  patients: number,
): Float64Array {
  const remaining = cross.slice();
  const cis = new Float64Array(genes);
  for (let j = 0; j < genes; j++) {
    const c = cisAnchors[j]!;
    if (c < 0) continue;
    cis[j] = cross[c * genes + j]! / (anchorCovariance[c * anchors + c]! + cisShrinkagePatients / patients);
    for (let a = 0; a < anchors; a++) remaining[a * genes + j]! -= cis[j]! * anchorCovariance[a * anchors + c]!;
  }
  const penalised = anchorCovariance.slice();
  for (let a = 0; a < anchors; a++) penalised[a * anchors + a]! += ridge;
  const coefficients = multiplyMatrices(inverseOf(penalised, anchors), remaining, anchors, anchors, genes);
  for (let j = 0; j < genes; j++) if (cisAnchors[j]! >= 0) coefficients[cisAnchors[j]! * genes + j]! += cis[j]!;
  return coefficients;
}

function principalDirections(
  sketchedTransposed: Float64Array,
  sketch: CopulaStatistics["sketch"],
  largestRank: number,
): { eigenvalues: Float64Array; directions: Float64Array } {
  const { genes, width } = sketch;
  const shift = relativeShift * genes;
  for (let j = 0; j < genes; j++) {
    const row = sketchRows(sketch, j, j + 1);
    for (let l = 0; l < width; l++) sketchedTransposed[l * genes + j]! += shift * row[l]!;
  }
  const core = multiplyBySketch(sketchedTransposed, width, sketch);
  const lower = factorSymmetrised(core, width);
  const root = multiplyMatrices(inverseOfLower(lower, width), sketchedTransposed, width, width, genes);
  const gram = multiplyMatrices(root, transposeMatrix(root, width, genes), width, genes, width);
  const { values, vectors } = decomposeSymmetric(gram, width);
  const rank = Math.min(largestRank, width);
  const eigenvalues = values.slice(0, rank).map((value) => Math.max(0, value - shift));
  const directions = multiplyMatrices(vectors.slice(0, rank * width), root, rank, width, genes);
  for (let k = 0; k < rank; k++) {
    const norm = Math.sqrt(Math.max(values[k]!, Number.MIN_VALUE));
    for (let j = 0; j < genes; j++) directions[k * genes + j]! /= norm;
  }
  return { eigenvalues, directions };
}

/** Cholesky factor of the symmetric part, with a growing multiple of the diagonal added until it exists. */
function factorSymmetrised(matrix: Float64Array, size: number): Float64Array {
  const symmetric = new Float64Array(size * size);
  let trace = 0;
  for (let i = 0; i < size; i++) {
    trace += matrix[i * size + i]!;
    for (let j = 0; j < size; j++) symmetric[i * size + j] = (matrix[i * size + j]! + matrix[j * size + i]!) / 2;
  }
  for (let extra = 1e-14 * Math.max(trace, 1); ; extra *= 10) {
    const lower = choleskyFactor(symmetric, size);
    if (lower) return lower;
    for (let i = 0; i < size; i++) symmetric[i * size + i]! += extra;
  }
}

function inverseOfLower(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    inverse[j * size + j] = 1 / lower[j * size + j]!;
    for (let i = j + 1; i < size; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum += lower[i * size + k]! * inverse[k * size + j]!;
      inverse[i * size + j] = -sum / lower[i * size + i]!;
    }
  }
  return inverse;
}

function inverseOf(matrix: Float64Array, size: number): Float64Array {
  const inverse = invertPositiveDefinite(matrix, size);
  if (!inverse) throw new RangeError("the penalised anchor covariance is not positive definite");
  return inverse;
}

function subtractInPlace(from: Float64Array, what: Float64Array): void {
  for (let k = 0; k < from.length; k++) from[k]! -= what[k]!;
}
