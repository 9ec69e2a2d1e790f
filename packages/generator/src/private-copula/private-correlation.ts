import { decomposeSymmetric, identityMatrix, multiplyMatrices, transposeMatrix } from "@osteon/numerics";

/** No direction of the correlation has less variance than this: what samples from it inverts it. */
const smallestEigenvalue = 0.02;
/** A variable known in fewer than this share of the patients is taken to be known in that many. */
const smallestKnownShare = 0.1;

/** What the correlation of a noisy moment is made with; all public or released. */
export interface MomentReading {
  readonly scoreVariances: Float64Array;
  /** Share of the patients in whom each variable is known. */
  readonly knownShares: Float64Array;
  /** How many of the first variables are clinical. */
  readonly clinical: number;
  /** How many of the first variables are anchors. */
  readonly anchors: number;
  /** For each gene, which are the variables after the anchors, the anchor that is its own copy number, or −1. */
  readonly cisAnchors: ArrayLike<number>;
  readonly patients: number;
  /** Standard deviation of the noise of an entry off the diagonal. */
  readonly noiseDeviation: number;
}

/**
 * Pairs whose correlations are about as large: two clinical variables, one with a tumour's variable, a gene's expression
 * with its own copy number, an alteration with anything else.
 */
type PairKind = "clinical" | "course" | "cis" | "alteration";

/**
 * Latent correlation from the noisy second moment of scores; post-processing, no patient is seen.
 *
 * A score that knows its latent only by a code or a censored time has variance v < 1, and its covariance with
 * another one's is their correlation times both v (to first order in the correlation, exact where one of them
 * is continuous); so the scores' own correlation is divided by √v of both. Unknown values count as 0: clinical
 * ones are taken to be missing independently of others, and their pairs scaled by that; tumour data miss
 * together, and their pairs need no scaling.
 *
 * Dividing makes the noise of rare alterations large, so pairs with an anchor are shrunk by what their noise, of
 * known size, leaves of the signal over all pairs of their kind (James & Stein 1961; kinds apart, as many weak ones
 * would take the few strong ones with them: Efron & Morris 1973). Pairs of genes are not: their factors are told from
 * noise together. Last, the matrix is made a correlation by its eigenvalues.
 *
 * @param moment Σ scores scoresᵀ with noise, variables × variables
 */
export function correlationOfMoment(
  moment: Float64Array,
  { scoreVariances, knownShares, clinical, anchors, cisAnchors, patients, noiseDeviation }: MomentReading,
): Float64Array {
  const size = scoreVariances.length;
  const scales = scoreVariances.map((variance, k) =>
    Math.sqrt(Math.max(smallestKnownShare * patients, moment[k * size + k]!) * variance),
  );
  const shares = knownShares.map((share) => Math.max(smallestKnownShare, share));
  const scaleOf = (a: number, b: number) =>
    scales[a]! * scales[b]! * (a < clinical ? Math.sqrt(shares[a]! * shares[b]!) : 1);
  // Variance of an entry by the noise and by the number of patients.
  const errorOf = (a: number, b: number) => (noiseDeviation ** 2 + patients) / scaleOf(a, b) ** 2;

  const correlation = identityMatrix(size);
  const put = (a: number, b: number, value: number) => {
    correlation[a * size + b] = value;
    correlation[b * size + a] = value;
  };
  const kindOf = (a: number, b: number): PairKind => {
    if (b >= anchors && cisAnchors[b - anchors] === a) return "cis";
    if (a >= clinical) return "alteration";
    return b < clinical ? "clinical" : "course";
  };
  const sums: Record<PairKind, { excess: number; weights: number }> = {
    clinical: { excess: 0, weights: 0 },
    course: { excess: 0, weights: 0 },
    cis: { excess: 0, weights: 0 },
    alteration: { excess: 0, weights: 0 },
  };
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      const value = moment[a * size + b]! / scaleOf(a, b);
      put(a, b, value);
      if (a >= anchors) continue;
      const error = errorOf(a, b);
      const sum = sums[kindOf(a, b)];
      sum.excess += (value ** 2 - error) / error ** 2;
      sum.weights += 1 / error ** 2;
    }
  }
  for (let a = 0; a < anchors; a++) {
    for (let b = a + 1; b < size; b++) {
      const { excess, weights } = sums[kindOf(a, b)];
      const signal = Math.max(0, excess / weights);
      put(a, b, correlation[a * size + b]! * (signal / (signal + errorOf(a, b))));
    }
  }
  return nearestCorrelation(correlation, size);
}

/** Raises eigenvalues that are too small, then restores the unit diagonal. */
function nearestCorrelation(matrix: Float64Array, size: number): Float64Array {
  const { values, vectors } = decomposeSymmetric(matrix, size);
  const scaled = vectors.map(
    (value, k) => value * Math.sqrt(Math.max(smallestEigenvalue, values[Math.floor(k / size)]!)),
  );
  const positive = multiplyMatrices(transposeMatrix(scaled, size, size), scaled, size, size, size);
  const deviations = Float64Array.from({ length: size }, (_, k) => Math.sqrt(positive[k * size + k]!));
  return positive.map((value, k) => {
    const [row, column] = [Math.floor(k / size), k % size];
    return row === column ? 1 : value / (deviations[row]! * deviations[column]!);
  });
}
