import { Kernels } from "./kernels/instance.ts";

// A tile of B stays in the second-level cache while every row of A passes over it.
const innerTile = 512;
const columnTile = 64;
// Below this many multiplications a kernel instance costs more than the product.
const smallProduct = 20_000;

/**
 * C = A B for row-major matrices, A rows × inner, B inner × columns, in double precision.
 * Sums run over the inner index in order, so neither tiling nor size changes a bit of an element.
 */
export function multiplyMatrices(
  a: Float64Array,
  b: Float64Array,
  rows: number,
  inner: number,
  columns: number,
): Float64Array {
  const result = new Float64Array(rows * columns);
  if (rows === 0 || inner === 0 || columns === 0) return result;
  if (rows * inner * columns < smallProduct) return multiplySmall(a, b, rows, inner, columns, result);
  const kernels = new Kernels();
  const depth = Math.min(inner, innerTile);
  const width = Math.min(columns, columnTile);
  const pointerA = kernels.reserve(rows * depth * 8);
  const pointerB = kernels.reserve(depth * width * 8);
  const pointerC = kernels.reserve(rows * width * 8);
  const tileA = kernels.doubles(pointerA, rows * depth);
  const tileB = kernels.doubles(pointerB, depth * width);
  const tileC = kernels.doubles(pointerC, rows * width);
  for (let k = 0; k < inner; k += depth) {
    const d = Math.min(depth, inner - k);
    copyBlock(a, inner, 0, k, tileA, d, rows, d);
    for (let j = 0; j < columns; j += width) {
      const w = Math.min(width, columns - j);
      copyBlock(b, columns, k, j, tileB, w, d, w);
      copyBlock(result, columns, 0, j, tileC, w, rows, w);
      kernels.functions.productF64(pointerA, pointerB, pointerC, rows, d, w);
      for (let i = 0; i < rows; i++) result.set(tileC.subarray(i * w, (i + 1) * w), i * columns + j);
    }
  }
  return result;
}

function multiplySmall(
  a: Float64Array,
  b: Float64Array,
  rows: number,
  inner: number,
  columns: number,
  result: Float64Array,
): Float64Array {
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const value = a[i * inner + k]!;
      for (let j = 0; j < columns; j++) result[i * columns + j]! += value * b[k * columns + j]!;
    }
  }
  return result;
}

function copyBlock(
  from: Float64Array,
  fromColumns: number,
  row: number,
  column: number,
  to: Float64Array,
  toColumns: number,
  rows: number,
  columns: number,
): void {
  for (let i = 0; i < rows; i++) {
    const start = (row + i) * fromColumns + column;
    to.set(from.subarray(start, start + columns), i * toColumns);
  }
}

/** The transpose of a row-major rows × columns matrix, as columns × rows. */
export function transposeMatrix(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(matrix.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[j * rows + i] = matrix[i * columns + j]!;
  }
  return result;
}

/** The identity, size × size. */
export function identityMatrix(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let k = 0; k < size; k++) matrix[k * size + k] = 1;
  return matrix;
}
