/** Variances that effects may come from, in units of the square of their standard error; 0 is no effect. */
const varianceSteps = [0, 0.5, 2, 8, 32, 128] as const;
/** Estimates without an effect that are added to those seen, so that a few genes do not make a prior. */
const addedNulls = 10;
const iterations = 10;

/**
 * Posterior means of many effects from estimates with one standard error, under a prior that is learnt from
 * all of them: a mixture of normals around 0 of fixed variances. Large effects among many nulls are left
 * almost whole, where one common shrinkage would take them down with the rest.
 * Source: Stephens, "False discovery rates: a new deal", Biostatistics 2017 (adaptive shrinkage).
 *
 * @param estimates replaced by the posterior means
 * @param variance of an estimate's noise, above 0
 */
export function shrinkEffectsInPlace(estimates: Float64Array, variance: number): void {
  const components = varianceSteps.length;
  // Over that of the widest component, which is never 0.
  const widest = 1 + varianceSteps[components - 1]!;
  const exponents = varianceSteps.map((step) => (-0.5 / variance) * (1 / (1 + step) - 1 / widest));
  const heights = varianceSteps.map((step) => Math.sqrt(widest / (1 + step)));
  const likelihoods = new Float64Array(estimates.length * components);
  for (let j = 0; j < estimates.length; j++) {
    const square = estimates[j]! ** 2;
    for (let c = 0; c < components; c++) {
      likelihoods[j * components + c] = Math.exp(exponents[c]! * square) * heights[c]!;
    }
  }
  const weights = Float64Array.from(varianceSteps, (_, c) => (c === 0 ? 0.4 : 1) / (components - 0.6));
  const shares = new Float64Array(components);
  for (let iteration = 0; iteration < iterations; iteration++) {
    shares.fill(0);
    for (let at = 0; at < likelihoods.length; at += components) {
      let total = 0;
      for (let c = 0; c < components; c++) total += weights[c]! * likelihoods[at + c]!;
      const inverse = 1 / total;
      for (let c = 0; c < components; c++) shares[c]! += likelihoods[at + c]! * inverse;
    }
    for (let c = 0; c < components; c++) {
      const nulls = c === 0 ? addedNulls : 0;
      weights[c] = (weights[c]! * shares[c]! + nulls) / (estimates.length + addedNulls);
    }
  }
  for (let j = 0; j < estimates.length; j++) {
    let total = 0;
    let kept = 0;
    for (let c = 0; c < components; c++) {
      const weight = weights[c]! * likelihoods[j * components + c]!;
      total += weight;
      kept += (weight * varianceSteps[c]!) / (1 + varianceSteps[c]!);
    }
    estimates[j]! *= kept / total;
  }
}
