import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** Eigenvalues in falling order; `vectors` holds the eigenvector k in row k (n × n, row-major). */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Eigen-decomposition of a symmetric matrix (n × n, row-major) by Householder and QL. */
export function decomposeSymmetric(matrix: Float64Array, n: number): SymmetricEigen {
  if (n === 0) return { values: new Float64Array(0), vectors: new Float64Array(0) };
  const decomposition = new EigenvalueDecomposition(Matrix.from1DArray(n, n, matrix), { assumeSymmetric: true });
  const order = decomposition.realEigenvalues.map((value, k) => ({ value, k })).sort((a, b) => b.value - a.value);
  const vectors = new Float64Array(n * n);
  order.forEach(({ k }, row) => {
    for (let i = 0; i < n; i++) vectors[row * n + i] = decomposition.eigenvectorMatrix.get(i, k);
  });
  return { values: Float64Array.from(order, (pair) => pair.value), vectors };
}
