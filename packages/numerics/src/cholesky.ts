import { solveLowerInPlace, solveLowerTransposedInPlace } from "./triangular-systems.ts";

/** The lower factor, row-major, or the first column that is a combination of those before it. */
export type CholeskyOutcome = { readonly lower: Float64Array } | { readonly dependentColumn: number };

/**
 * Lower Cholesky factor L of a symmetric positive definite matrix, A = L Lᵀ, or the column at which A turns out
 * not to be one.
 * @param matrix n × n, row-major; only the lower triangle is read
 * @param tolerance a pivot of at most this share of its diagonal element counts as zero
 * @returns L row-major with zeros above the diagonal
 */
export function factoriseCholesky(matrix: Float64Array, n: number, tolerance: number): CholeskyOutcome {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!;
      if (i === j) {
        if (!(sum > tolerance * matrix[i * n + i]!)) return { dependentColumn: i };
        lower[i * n + i] = Math.sqrt(sum);
      } else {
        lower[i * n + j] = sum / lower[j * n + j]!;
      }
    }
  }
  return { lower };
}

/**
 * Lower Cholesky factor L of a symmetric positive definite matrix, A = L Lᵀ.
 * @param matrix n × n, row-major; only the lower triangle is read
 * @returns L row-major with zeros above the diagonal, or null where A is not positive definite
 */
export function choleskyFactor(matrix: Float64Array, n: number): Float64Array | null {
  const outcome = factoriseCholesky(matrix, n, 0);
  return "lower" in outcome ? outcome.lower : null;
}

/** Solves L Lᵀ x = b. */
export function solveFactorised(lower: Float64Array, n: number, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  solveLowerInPlace(lower, n, x);
  solveLowerTransposedInPlace(lower, n, x);
  return x;
}

/** Inverse of a symmetric positive definite matrix (n × n, row-major), or null where it is not one. */
export function invertPositiveDefinite(matrix: Float64Array, n: number): Float64Array | null {
  const lower = choleskyFactor(matrix, n);
  return lower && invertFactorised(lower, n);
}

/** (L Lᵀ)⁻¹, row-major. */
export function invertFactorised(lower: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    solveLowerInPlace(lower, n, column, j);
    solveLowerTransposedInPlace(lower, n, column);
    for (let i = 0; i < n; i++) inverse[i * n + j] = column[i]!;
  }
  return inverse;
}
