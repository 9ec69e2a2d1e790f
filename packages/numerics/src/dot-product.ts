/**
 * Σ aᵢ bᵢ over `length` elements from `startA` and `startB` on, in four sums that the processor can keep apart. The
 * order of the sums depends on the length alone.
 */
export function dotProduct<T extends Float32Array | Float64Array>(
  a: T,
  startA: number,
  b: T,
  startB: number,
  length: number,
): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    sum0 += a[startA + i]! * b[startB + i]!;
    sum1 += a[startA + i + 1]! * b[startB + i + 1]!;
    sum2 += a[startA + i + 2]! * b[startB + i + 2]!;
    sum3 += a[startA + i + 3]! * b[startB + i + 3]!;
  }
  for (; i < length; i++) sum0 += a[startA + i]! * b[startB + i]!;
  return sum0 + sum1 + (sum2 + sum3);
}
