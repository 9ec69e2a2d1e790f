import { describe, expect, it } from "vitest";
import { multiplyMatrices, transposeMatrix } from "./matrix-product.ts";
import { RandomStream } from "./random-stream.ts";

function randomMatrix(size: number, index: number): Float64Array {
  const random = new RandomStream(3, 4, index);
  return Float64Array.from({ length: size }, () => random.nextNormal());
}

/** The definition, summed over the inner index in order. */
function multiplyByDefinition(
  a: Float64Array,
  b: Float64Array,
  rows: number,
  inner: number,
  columns: number,
): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a[i * inner + k]! * b[k * columns + j]!;
      result[i * columns + j] = sum;
    }
  }
  return result;
}

describe("multiplyMatrices", () => {
  // Around the kernel's 4 × 4 registers, the tiles of 512 × 64, and the size that is left to plain loops.
  it.each([
    [1, 1, 1],
    [3, 5, 2],
    [4, 4, 4],
    [27, 27, 28],
    [1, 700, 65],
    [5, 511, 63],
    [6, 512, 64],
    [7, 513, 66],
    [2, 1030, 131],
    [65, 40, 7],
    [130, 3, 129],
  ])("of %d × %d and … × %d equals the definition to the bit", (rows, inner, columns) => {
    const a = randomMatrix(rows * inner, 1);
    const b = randomMatrix(inner * columns, 2);
    expect(multiplyMatrices(a, b, rows, inner, columns)).toEqual(multiplyByDefinition(a, b, rows, inner, columns));
  });

  it("is zero where there is nothing to sum, and empty where there are no rows", () => {
    expect(multiplyMatrices(new Float64Array(0), new Float64Array(0), 2, 0, 3)).toEqual(new Float64Array(6));
    expect(multiplyMatrices(new Float64Array(0), new Float64Array(6), 0, 2, 3)).toEqual(new Float64Array(0));
    expect(multiplyMatrices(new Float64Array(2), new Float64Array(0), 1, 2, 0)).toEqual(new Float64Array(0));
  });

  it("leaves its arguments as they were", () => {
    const a = randomMatrix(60 * 60, 5);
    const b = randomMatrix(60 * 60, 6);
    multiplyMatrices(a, b, 60, 60, 60);
    expect(a).toEqual(randomMatrix(60 * 60, 5));
    expect(b).toEqual(randomMatrix(60 * 60, 6));
  });
});

describe("transposeMatrix", () => {
  it("swaps rows and columns", () => {
    expect([...transposeMatrix(Float64Array.of(1, 2, 3, 4, 5, 6), 2, 3)]).toEqual([1, 4, 2, 5, 3, 6]);
  });
});
