/** Arithmetic mean; NaN of no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]!;
  return sum / values.length;
}

/** Variance of a sample about its mean, by n − 1; NaN of fewer than two values. */
export function sampleVariance(values: ArrayLike<number>): number {
  const centre = mean(values);
  let squares = 0;
  for (let k = 0; k < values.length; k++) squares += (values[k]! - centre) ** 2;
  return squares / (values.length - 1);
}
