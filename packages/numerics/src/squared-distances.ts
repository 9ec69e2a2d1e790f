/**
 * Squared Euclidean distances between all rows of the blocks, one block after the other. An unknown
 * value stands at 0, the centre of scaled data.
 *
 * @param blocks row-major, each of `width` columns
 * @returns n × n, row-major, n the rows of all blocks
 */
export function computeSquaredDistances(blocks: readonly Float32Array[], width: number): Float64Array {
  const rows = joinRows(blocks);
  const n = width === 0 ? 0 : rows.length / width;
  const distances = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      const value = squaredDistance(rows, a * width, rows, b * width, width);
      distances[a * n + b] = value;
      distances[b * n + a] = value;
    }
  }
  return distances;
}

/** Squared distances of each row of `from` to each of `to`, row-major, by `from`; an unknown value as above. */
export function crossSquaredDistances(from: Float32Array, to: Float32Array, width: number): Float64Array {
  const known = joinRows([from]);
  const targets = joinRows([to]);
  const columns = width === 0 ? 0 : targets.length / width;
  const distances = new Float64Array(width === 0 ? 0 : (known.length / width) * columns);
  for (let k = 0; k < distances.length; k++) {
    distances[k] = squaredDistance(known, Math.floor(k / columns) * width, targets, (k % columns) * width, width);
  }
  return distances;
}

function joinRows(blocks: readonly Float32Array[]): Float32Array {
  const rows = new Float32Array(blocks.reduce((size, block) => size + block.length, 0));
  let start = 0;
  for (const block of blocks) {
    rows.set(block, start);
    start += block.length;
  }
  for (let k = 0; k < rows.length; k++) if (Number.isNaN(rows[k]!)) rows[k] = 0;
  return rows;
}

function squaredDistance(a: Float32Array, startA: number, b: Float32Array, startB: number, width: number): number {
  let even = 0;
  let odd = 0;
  let j = 0;
  for (; j + 1 < width; j += 2) {
    const first = a[startA + j]! - b[startB + j]!;
    const second = a[startA + j + 1]! - b[startB + j + 1]!;
    even += first * first;
    odd += second * second;
  }
  if (j < width) even += (a[startA + j]! - b[startB + j]!) ** 2;
  return even + odd;
}
