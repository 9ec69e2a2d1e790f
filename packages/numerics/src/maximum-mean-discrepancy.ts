/**
 * The kernel exp(−d² / (2σ²)) of n points, σ² the median squared distance of all pairs.
 * Source: Gretton et al. 2012, JMLR 13:723.
 *
 * @param squaredDistances n × n, row-major
 */
export function computeGaussianKernel(squaredDistances: Float64Array, n: number): Float64Array {
  const pairs = new Float64Array((n * (n - 1)) / 2);
  let pair = 0;
  for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) pairs[pair++] = squaredDistances[a * n + b]!;
  pairs.sort();
  const middle = pairs[Math.floor(pairs.length / 2)]!;
  // More than half of all pairs coincide: the mean still has a scale, unless every point is the same.
  const scale = middle > 0 ? middle : pairs.reduce((sum, value) => sum + value, 0) / pairs.length || 1;
  return squaredDistances.map((value) => Math.exp(-value / (2 * scale)));
}

/** Squared maximum mean discrepancy between some of the points and the others. */
export type Discrepancy = (isReference: Uint8Array) => number;

/**
 * Squared maximum mean discrepancy, unbiased: about 0 for two samples of one population, and as often below.
 * Sums over pairs of one side follow from those of the other and from row sums taken once, so a relabelling
 * costs the square of its smaller side. Source: Gretton et al. 2012, JMLR 13:723, eq. 3.
 *
 * @param kernel n × n, row-major, symmetric
 * @returns the discrepancy of a labelling: 1 for one side, 0 for the other, at least two points each
 */
export function createDiscrepancy(kernel: Float64Array, n: number): Discrepancy {
  const rowSums = new Float64Array(n);
  for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) if (a !== b) rowSums[a]! += kernel[a * n + b]!;
  const total = rowSums.reduce((sum, value) => sum + value, 0) / 2;
  const side = new Uint32Array(n);
  return (isReference) => {
    let references = 0;
    for (let a = 0; a < n; a++) references += isReference[a]!;
    const small = Math.min(references, n - references);
    const label = references === small ? 1 : 0;
    let size = 0;
    for (let a = 0; a < n; a++) if (isReference[a] === label) side[size++] = a;
    let within = 0;
    let sums = 0;
    for (let i = 0; i < small; i++) {
      const row = side[i]! * n;
      sums += rowSums[side[i]!]!;
      for (let j = i + 1; j < small; j++) within += kernel[row + side[j]!]!;
    }
    const between = sums - 2 * within;
    const other = total - within - between;
    const large = n - small;
    return (2 * within) / (small * (small - 1)) + (2 * other) / (large * (large - 1)) - (2 * between) / (small * large);
  };
}
