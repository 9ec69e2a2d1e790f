import { multiplyMatrices, transposeMatrix } from "@osteon/numerics";

/** Squared distances of the rows of two blocks to the nearest row of the other; Infinity where that has none. */
export interface NearestDistances {
  readonly ofFirst: Float64Array;
  readonly ofSecond: Float64Array;
}

/** Rows of the first block that are held against all of the second at a time. */
const blockRows = 256;
/** A distance that is a smaller share of the rows' squares has lost its digits in their difference. */
const leastShare = 1e-6;

/** Squared Euclidean distances to the nearest of the other block. An unknown value stands at 0, the centre. */
export function nearestSquaredDistances(first: Float32Array, second: Float32Array, width: number): NearestDistances {
  const ofFirst = new Float64Array(width === 0 ? 0 : first.length / width).fill(Infinity);
  const ofSecond = new Float64Array(width === 0 ? 0 : second.length / width).fill(Infinity);
  visitDistances(first, second, width, (i, distances) => {
    for (let k = 0; k < distances.length; k++) {
      const distance = distances[k]!;
      if (distance < ofFirst[i]!) ofFirst[i] = distance;
      if (distance < ofSecond[k]!) ofSecond[k] = distance;
    }
  });
  return { ofFirst, ofSecond };
}

/** Squared distance of each row to the nearest other row of the same block; Infinity where there is no other. */
export function nearestFellowDistances(rows: Float32Array, width: number): Float64Array {
  const nearest = new Float64Array(width === 0 ? 0 : rows.length / width).fill(Infinity);
  visitDistances(rows, rows, width, (i, distances) => {
    for (let k = 0; k < distances.length; k++) {
      if (k !== i && distances[k]! < nearest[i]!) nearest[i] = distances[k]!;
    }
  });
  return nearest;
}

/**
 * Shows the squared distances of each row of the first block to all of the second, as ‖a‖² + ‖b‖² − 2 a·b, for which
 * there is a fast product. Of near copies that difference says nothing: those are measured value by value.
 */
function visitDistances(
  first: Float32Array,
  second: Float32Array,
  width: number,
  visit: (row: number, distances: Float64Array) => void,
): void {
  if (width === 0 || second.length === 0) return;
  const targets = knownValues(second);
  const count = targets.length / width;
  const across = transposeMatrix(targets, count, width);
  const targetSquares = sumSquares(targets, width);
  for (let start = 0; start < first.length; start += blockRows * width) {
    const block = knownValues(first.subarray(start, start + blockRows * width));
    const squares = sumSquares(block, width);
    const distances = multiplyMatrices(block, across, squares.length, width, count);
    for (let i = 0; i < squares.length; i++) {
      for (let k = 0; k < count; k++) {
        const both = squares[i]! + targetSquares[k]!;
        const distance = both - 2 * distances[i * count + k]!;
        distances[i * count + k] =
          distance > leastShare * both ? distance : measure(block, i * width, targets, k * width, width);
      }
      visit(start / width + i, distances.subarray(i * count, (i + 1) * count));
    }
  }
}

function measure(a: Float64Array, startA: number, b: Float64Array, startB: number, width: number): number {
  let sum = 0;
  for (let j = 0; j < width; j++) sum += (a[startA + j]! - b[startB + j]!) ** 2;
  return sum;
}

function sumSquares(rows: Float64Array, width: number): Float64Array {
  return Float64Array.from({ length: rows.length / width }, (_, i) => {
    let sum = 0;
    for (let k = i * width; k < (i + 1) * width; k++) sum += rows[k]! ** 2;
    return sum;
  });
}

function knownValues(rows: Float32Array): Float64Array {
  const known = new Float64Array(rows);
  for (let k = 0; k < known.length; k++) if (Number.isNaN(known[k]!)) known[k] = 0;
  return known;
}
