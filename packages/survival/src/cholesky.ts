/** The lower factor, row-major, or the first column that is a combination of those before it. */
export type Factorised = { readonly lower: Float64Array } | { readonly dependentColumn: number };

/**
 * Cholesky factor of a small symmetric matrix (size × size, row-major). A pivot under `tolerance` of
 * its diagonal element counts as zero.
 */
export function factorise(matrix: Float64Array, size: number, tolerance = 1e-11): Factorised {
  const lower = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = matrix[i * size + j]!;
      for (let m = 0; m < j; m++) sum -= lower[i * size + m]! * lower[j * size + m]!;
      if (i === j) {
        if (!(sum > tolerance * matrix[j * size + j]!)) return { dependentColumn: j };
        lower[j * size + j] = Math.sqrt(sum);
      } else {
        lower[i * size + j] = sum / lower[j * size + j]!;
      }
    }
  }
  return { lower };
}

/** Solves L Lᵀ x = right. */
export function solveFactorised(lower: Float64Array, size: number, right: Float64Array): Float64Array {
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    for (let m = 0; m < i; m++) x[i]! -= lower[i * size + m]! * x[m]!;
    x[i]! /= lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let m = i + 1; m < size; m++) x[i]! -= lower[m * size + i]! * x[m]!;
    x[i]! /= lower[i * size + i]!;
  }
  return x;
}

/** (L Lᵀ)⁻¹, row-major. */
export function invertFactorised(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    unit.fill(0);
    unit[j] = 1;
    inverse.set(solveFactorised(lower, size, unit), j * size);
  }
  return inverse;
}
