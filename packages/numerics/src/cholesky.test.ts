import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  choleskyFactor,
  factoriseCholesky,
  invertFactorised,
  invertPositiveDefinite,
  solveFactorised,
} from "./cholesky.ts";
import { identityMatrix, multiplyMatrices, transposeMatrix } from "./matrix-product.ts";
import { decomposeSymmetric } from "./symmetric-eigen.ts";
import {
  solveLowerColumns,
  solveLowerInPlace,
  solveLowerTransposedColumns,
  solveLowerTransposedInPlace,
} from "./triangular-systems.ts";

/** A Aᵀ + I of a random A: positive definite, condition number under about 1,000. */
const positiveDefinite = fc.integer({ min: 1, max: 9 }).chain((n) =>
  fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: n * n, maxLength: n * n }).map((values) => {
    const root = Float64Array.from(values);
    const matrix = multiplyMatrices(root, transposeMatrix(root, n, n), n, n, n);
    for (let k = 0; k < n; k++) matrix[k * n + k]! += 1;
    return { n, matrix };
  }),
);

function expectClose(actual: Float64Array, expected: Float64Array, tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, k) => expect(Math.abs(value - expected[k]!)).toBeLessThan(tolerance));
}

describe("choleskyFactor", () => {
  it("factors a known matrix", () => {
    const factor = choleskyFactor(Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98), 3);
    expect([...factor!]).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
  });

  it("multiplies back to the matrix", () => {
    fc.assert(
      fc.property(positiveDefinite, ({ n, matrix }) => {
        const lower = choleskyFactor(matrix, n)!;
        expectClose(multiplyMatrices(lower, transposeMatrix(lower, n, n), n, n, n), matrix, 1e-10);
      }),
    );
  });

  it("reads the lower triangle only", () => {
    expect(choleskyFactor(Float64Array.of(4, 99, 2, 5), 2)).toEqual(choleskyFactor(Float64Array.of(4, 2, 2, 5), 2));
  });

  it("is null for a matrix that is singular, indefinite or not numbers", () => {
    expect(choleskyFactor(Float64Array.of(1, 1, 1, 1), 2)).toBeNull();
    expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toBeNull();
    expect(choleskyFactor(Float64Array.of(NaN), 1)).toBeNull();
    expect(invertPositiveDefinite(Float64Array.of(1, 2, 2, 1), 2)).toBeNull();
  });
});

describe("factoriseCholesky", () => {
  it("names the first column that is a combination of those before it, within the tolerance", () => {
    // The second column is twice the first; the third, in the other matrix, all but the second.
    expect(factoriseCholesky(Float64Array.of(1, 2, 0, 2, 4, 0, 0, 0, 1), 3, 1e-11)).toEqual({ dependentColumn: 1 });
    const nearly = Float64Array.of(1, 0, 0, 0, 1, 1, 0, 1, 1 + 1e-12);
    expect(factoriseCholesky(nearly, 3, 1e-11)).toEqual({ dependentColumn: 2 });
    expect(factoriseCholesky(nearly, 3, 1e-14)).toHaveProperty("lower");
  });
});

describe("solveFactorised and invertFactorised", () => {
  it("undo the matrix, and leave the right side alone", () => {
    const lower = choleskyFactor(Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98), 3)!;
    const right = Float64Array.of(0, 6, 39);
    expectClose(solveFactorised(lower, 3, right), Float64Array.of(1, 1, 1), 1e-9);
    expect([...right]).toEqual([0, 6, 39]);
    const inverse = invertFactorised(lower, 3);
    const product = multiplyMatrices(Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98), inverse, 3, 3, 3);
    expectClose(product, identityMatrix(3), 1e-8);
  });
});

describe("triangular solutions", () => {
  it("undo the products", () => {
    fc.assert(
      fc.property(positiveDefinite, ({ n, matrix }) => {
        const lower = choleskyFactor(matrix, n)!;
        const x = Float64Array.from({ length: n }, (_, k) => k - 1.5);
        const b = multiplyMatrices(matrix, x, n, n, 1);
        solveLowerInPlace(lower, n, b);
        solveLowerTransposedInPlace(lower, n, b);
        expectClose(b, x, 1e-9);
      }),
    );
  });
});

describe("solving for all columns of a matrix", () => {
  it("gives the matrix back when multiplied", () => {
    fc.assert(
      fc.property(positiveDefinite, fc.integer({ min: 0, max: 4 }), ({ n, matrix }, columns) => {
        const lower = choleskyFactor(matrix, n)!;
        const b = Float64Array.from({ length: n * columns }, (_, k) => Math.sin(k));
        expectClose(multiplyMatrices(lower, solveLowerColumns(lower, n, b), n, n, columns), b, 1e-9);
        const upper = transposeMatrix(lower, n, n);
        expectClose(multiplyMatrices(upper, solveLowerTransposedColumns(lower, n, b), n, n, columns), b, 1e-9);
      }),
    );
  });

  it("has nothing to solve without rows", () => {
    expect(solveLowerColumns(new Float64Array(0), 0, new Float64Array(0))).toHaveLength(0);
  });
});

describe("invertPositiveDefinite", () => {
  it("gives the identity with the matrix", () => {
    fc.assert(
      fc.property(positiveDefinite, ({ n, matrix }) => {
        const inverse = invertPositiveDefinite(matrix, n)!;
        expectClose(multiplyMatrices(matrix, inverse, n, n, n), identityMatrix(n), 1e-9);
      }),
    );
  });

  it("has an inverse of no rows", () => {
    expect(invertPositiveDefinite(new Float64Array(0), 0)).toEqual(new Float64Array(0));
  });
});

describe("decomposeSymmetric", () => {
  it("has falling values, orthonormal vectors, and the matrix as their sum", () => {
    fc.assert(
      fc.property(positiveDefinite, ({ n, matrix }) => {
        const { values, vectors } = decomposeSymmetric(matrix, n);
        for (let k = 1; k < n; k++) expect(values[k]!).toBeLessThanOrEqual(values[k - 1]!);
        expectClose(multiplyMatrices(vectors, transposeMatrix(vectors, n, n), n, n, n), identityMatrix(n), 1e-10);
        const scaled = vectors.map((value, at) => value * values[Math.floor(at / n)]!);
        expectClose(multiplyMatrices(transposeMatrix(vectors, n, n), scaled, n, n, n), matrix, 1e-9);
      }),
    );
  });

  it("knows the eigenvalues 3 and −1 of [[1, 2], [2, 1]]", () => {
    expect([...decomposeSymmetric(Float64Array.of(1, 2, 2, 1), 2).values]).toEqual([
      expect.closeTo(3, 12),
      expect.closeTo(-1, 12),
    ]);
  });
});
