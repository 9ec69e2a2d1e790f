import { choleskyFactor, identityMatrix, solveLowerInPlace } from "@osteon/numerics";

/**
 * Correlation of a second moment Σ latent latentᵀ over patients (size × size, row-major), off the diagonal
 * multiplied by n / (n + shrinkage): as if `shrinkage` patients without any correlation had been added.
 */
export function shrunkCorrelation(
  secondMoment: Float64Array,
  patients: number,
  size: number,
  shrinkage: number,
): Float64Array {
  const correlation = identityMatrix(size);
  const weight = patients / (patients + shrinkage);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) {
      const scale = Math.sqrt(secondMoment[a * size + a]! * secondMoment[b * size + b]!);
      const value = weight * (secondMoment[a * size + b]! / scale);
      correlation[a * size + b] = value;
      correlation[b * size + a] = value;
    }
  }
  return correlation;
}

/** The rows and columns before `count` of a size × size matrix. */
export function leadingBlock(matrix: Float64Array, size: number, count: number): Float64Array {
  const block = new Float64Array(count * count);
  for (let a = 0; a < count; a++) block.set(matrix.subarray(a * size, a * size + count), a * count);
  return block;
}

/**
 * Gives a correlation matrix another leading block: the first coordinates are turned linearly into ones with
 * that correlation, so the whole stays positive definite and keeps its unit diagonal.
 */
export function withLeadingBlock(
  correlation: Float64Array,
  size: number,
  block: Float64Array,
  blockSize: number,
): Float64Array {
  const changed = correlation.slice();
  for (let a = 0; a < blockSize; a++) changed.set(block.subarray(a * blockSize, (a + 1) * blockSize), a * size);
  const from = factor(leadingBlock(correlation, size, blockSize), blockSize);
  const to = factor(block, blockSize);
  const column = new Float64Array(blockSize);
  for (let j = blockSize; j < size; j++) {
    for (let a = 0; a < blockSize; a++) column[a] = correlation[a * size + j]!;
    solveLowerInPlace(from, blockSize, column);
    for (let a = 0; a < blockSize; a++) {
      let value = 0;
      for (let b = 0; b <= a; b++) value += to[a * blockSize + b]! * column[b]!;
      changed[a * size + j] = value;
      changed[j * size + a] = value;
    }
  }
  return changed;
}

function factor(correlation: Float64Array, size: number): Float64Array {
  const lower = choleskyFactor(correlation, size);
  if (!lower) throw new RangeError("a leading block of a correlation is not positive definite");
  return lower;
}
