/**
 * Solves L x = b in place for a lower triangular L (n × n, row-major).
 * @param first before it all elements of b are 0, and so of x
 */
export function solveLowerInPlace(lower: Float64Array, n: number, b: Float64Array, first = 0): void {
  for (let i = first; i < n; i++) {
    let sum = b[i]!;
    for (let k = first; k < i; k++) sum -= lower[i * n + k]! * b[k]!;
    b[i] = sum / lower[i * n + i]!;
  }
}

/** Solves Lᵀ x = b in place for a lower triangular L (n × n, row-major). */
export function solveLowerTransposedInPlace(lower: Float64Array, n: number, b: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= lower[k * n + i]! * b[k]!;
    b[i] = sum / lower[i * n + i]!;
  }
}

/** L⁻¹ B for a lower triangular L (n × n) and B of n rows, both row-major. */
export function solveLowerColumns(lower: Float64Array, n: number, b: Float64Array): Float64Array {
  return changeColumns(b, n, (column) => solveLowerInPlace(lower, n, column));
}

/** L⁻ᵀ B for a lower triangular L (n × n) and B of n rows, both row-major. */
export function solveLowerTransposedColumns(lower: Float64Array, n: number, b: Float64Array): Float64Array {
  return changeColumns(b, n, (column) => solveLowerTransposedInPlace(lower, n, column));
}

function changeColumns(matrix: Float64Array, rows: number, change: (column: Float64Array) => void): Float64Array {
  const changed = new Float64Array(matrix.length);
  const column = new Float64Array(rows);
  const columns = rows === 0 ? 0 : matrix.length / rows;
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < rows; i++) column[i] = matrix[i * columns + j]!;
    change(column);
    for (let i = 0; i < rows; i++) changed[i * columns + j] = column[i]!;
  }
  return changed;
}
