/** Covariates of mean 0 and standard deviation 1, row-major in the order of the rows asked for. */
export interface StandardisedCovariates {
  readonly covariates: Float64Array;
  readonly means: Float64Array;
  /** Standard deviations with divisor n; 0 for a constant covariate, whose standardised values are 0. */
  readonly scales: Float64Array;
  /** Indices of the constant covariates. */
  readonly constant: readonly number[];
}

/** @param covariates row-major, patients × width */
export function standardiseCovariates(
  covariates: Float64Array,
  width: number,
  order: ArrayLike<number>,
): StandardisedCovariates {
  const n = order.length;
  const sorted = new Float64Array(n * width);
  const means = new Float64Array(width);
  const scales = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += covariates[order[i]! * width + j]! / n;
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (covariates[order[i]! * width + j]! - mean) ** 2;
    const deviation = Math.sqrt(squares / n);
    // Rounding of the mean alone leaves this much of a constant column.
    const scale = deviation > 1e-13 * Math.abs(mean) ? deviation : 0;
    means[j] = mean;
    scales[j] = scale;
    for (let i = 0; i < n; i++) {
      sorted[i * width + j] = scale === 0 ? 0 : (covariates[order[i]! * width + j]! - mean) / scale;
    }
  }
  return { covariates: sorted, means, scales, constant: [...scales.keys()].filter((j) => scales[j] === 0) };
}
