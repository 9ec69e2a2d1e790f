import { choleskyFactor, invertPositiveDefinite, multiplyMatrices, transposeMatrix } from "@osteon/numerics";

/** The distribution of the coordinates `drawn` of a centred normal given those of `given`. */
export interface GaussianConditional {
  readonly drawn: readonly number[];
  readonly given: readonly number[];
  /** Regression on the given, drawn × given, row-major: the conditional mean is this times their values. */
  readonly regression: Float64Array;
  /** Lower Cholesky factor of the conditional covariance, drawn × drawn. */
  readonly factor: Float64Array;
}

/** Conditions a centred normal with positive definite `covariance` (size × size, row-major). */
export function conditionGaussian(
  covariance: Float64Array,
  size: number,
  drawn: readonly number[],
  given: readonly number[],
): GaussianConditional {
  const block = (rows: readonly number[], columns: readonly number[]) =>
    Float64Array.from(rows.flatMap((row) => columns.map((column) => covariance[row * size + column]!)));
  const d = drawn.length;
  const g = given.length;
  const cross = block(drawn, given);
  const inverse = invertPositiveDefinite(block(given, given), g);
  if (!inverse) throw new RangeError("the covariance to condition is not positive definite");
  const regression = multiplyMatrices(cross, inverse, d, g, g);
  const explained = multiplyMatrices(regression, transposeMatrix(cross, d, g), d, g, d);
  const factor = choleskyFactor(
    block(drawn, drawn).map((value, k) => value - explained[k]!),
    d,
  );
  if (!factor) throw new RangeError("the conditional covariance is not positive definite");
  return { drawn, given, regression, factor };
}

/**
 * Draws from the conditional: reads `latents` at the given coordinates, writes the drawn ones.
 * @param normals as many standard normals as coordinates are drawn
 */
export function drawConditional(
  { drawn, given, regression, factor }: GaussianConditional,
  latents: Float64Array,
  normals: ArrayLike<number>,
): void {
  const g = given.length;
  const d = drawn.length;
  for (let i = 0; i < d; i++) {
    let value = 0;
    for (let k = 0; k < g; k++) value += regression[i * g + k]! * latents[given[k]!]!;
    for (let k = 0; k <= i; k++) value += factor[i * d + k]! * normals[k]!;
    latents[drawn[i]!] = value;
  }
}
