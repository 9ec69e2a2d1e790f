/**
 * Patients as the neural families see them: rows of latents with the latents of their clinical variables.
 *
 * The latents stand in coordinates in which the fitted factor copula has mean 0 and covariance 1, and given the
 * conditions a mean linear in them and a diagonal covariance: {@link LinearLaw}.
 */
export interface LatentTrainingSet {
  readonly patients: number;
  readonly dimensions: number;
  readonly conditionCount: number;
  /** A code and a censored time show their latent only as an interval, so each patient is drawn this many times. */
  readonly draws: number;
  /** draws × patients × dimensions, row-major. */
  readonly latents: Float32Array;
  /** draws × patients × conditionCount, row-major: latent normals of survival, age, metastasis, …; never NaN. */
  readonly conditions: Float32Array;
}

/**
 * What the factor copula says of the latents: given conditions c they are N(c · regression, diag(variances)), without
 * conditions N(0, 1). A network begins at it and learns what it misses.
 */
export interface LinearLaw {
  /** conditionCount × dimensions, row-major. */
  readonly regression: Float32Array;
  /** Above 0, at most 1. */
  readonly variances: Float32Array;
}

/** No dependence on the conditions: a network that begins here learns all of it by itself. */
export function independentLaw({
  conditionCount,
  dimensions,
}: Pick<LatentTrainingSet, "conditionCount" | "dimensions">): LinearLaw {
  return {
    regression: new Float32Array(conditionCount * dimensions),
    variances: new Float32Array(dimensions).fill(1),
  };
}
