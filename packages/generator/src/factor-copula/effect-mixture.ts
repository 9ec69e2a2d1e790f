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
  const weights = varianceSteps.map((_, c) => (c === 0 ? 0.4 : 1) / (components - 0.6));
  const likelihoods = new Float64Array(estimates.length * components);
  estimates.forEach((estimate, j) => {
    const square = (estimate * estimate) / variance;
    // Over that of the widest component, which is never 0.
    const widest = 1 + varianceSteps[components - 1]!;
    varianceSteps.forEach((step, c) => {
      const exponent = square / (1 + step) - square / widest;
      likelihoods[j * components + c] = Math.exp(-0.5 * exponent) * Math.sqrt(widest / (1 + step));
    });
  });
  const shares = new Float64Array(components);
  for (let iteration = 0; iteration < iterations; iteration++) {
    shares.fill(0);
    for (let at = 0; at < likelihoods.length; at += components) {
      let total = 0;
      for (let c = 0; c < components; c++) total += weights[c]! * likelihoods[at + c]!;
      for (let c = 0; c < components; c++) shares[c]! += (weights[c]! * likelihoods[at + c]!) / total;
    }
    shares[0]! += addedNulls;
    for (let c = 0; c < components; c++) weights[c] = shares[c]! / (estimates.length + addedNulls);
  }
  estimates.forEach((estimate, j) => {
    let total = 0;
    let kept = 0;
    varianceSteps.forEach((step, c) => {
      const weight = weights[c]! * likelihoods[j * components + c]!;
      total += weight;
      kept += (weight * step) / (1 + step);
    });
    estimates[j] = (estimate * kept) / total;
  });
}
