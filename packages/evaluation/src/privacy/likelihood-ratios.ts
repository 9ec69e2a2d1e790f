import { smallestNormal } from "@osteon/numerics";

/** Observations on a side from which a patient's own variance is steadier than one shared by all. */
const ownVarianceFrom = 64;

/** Sums of a patient's scores over the shadows that he is in (1) or out of (0). */
interface Sums {
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

/**
 * Log-likelihood ratios of membership: each shadow in turn is the model under attack, and for every
 * patient normal distributions of his score in and out are fitted to the other shadows. The target's whole
 * block is left out: without the target alone, one side would have one observation less, the one that the
 * answer tells. Variances are shared by all patients while a side has fewer than 64 observations.
 * Source: Carlini et al. 2022 (IEEE S&P), online attack; fixed variance as in its section VI.
 *
 * @param scores row-major, shadows × patients
 * @param isIn as scores; 1 in, 0 out; a patient is out of exactly one of each `folds` shadows
 * @returns as scores; positive speaks for in
 */
export function computeLikelihoodRatios(
  scores: Float64Array,
  isIn: Uint8Array,
  patients: number,
  folds: number,
): Float64Array {
  const sums = sumScores(scores, isIn, patients);
  const shared = shareVariances(sums, patients);
  const blocks = scores.length / (patients * folds);
  const ownVariance = blocks - 1 >= ownVarianceFrom;
  const ratios = new Float64Array(scores.length);
  const left = new Float64Array(2);
  const leftSquares = new Float64Array(2);
  for (let block = 0; block < blocks; block++) {
    for (let patient = 0; patient < patients; patient++) {
      const first = block * folds * patients + patient;
      left.fill(0);
      leftSquares.fill(0);
      for (let k = first; k < first + folds * patients; k += patients) {
        left[isIn[k]!]! += scores[k]!;
        leftSquares[isIn[k]!]! += scores[k]! ** 2;
      }
      for (let side = 0; side < 2; side++) {
        const cell = side * patients + patient;
        const n = (blocks - 1) * (side === 1 ? folds - 1 : 1);
        const mean = (sums.sum[cell]! - left[side]!) / n;
        const variance = ownVariance
          ? Math.max(shared.floor, (sums.squares[cell]! - leftSquares[side]!) / n - mean * mean)
          : shared.variances[side]!;
        const sign = side === 1 ? 1 : -1;
        for (let k = first; k < first + folds * patients; k += patients) {
          ratios[k]! -= sign * ((scores[k]! - mean) ** 2 / (2 * variance) + Math.log(variance) / 2);
        }
      }
    }
  }
  return ratios;
}

function sumScores(scores: Float64Array, isIn: Uint8Array, patients: number): Sums {
  const count = new Float64Array(2 * patients);
  const sum = new Float64Array(2 * patients);
  const squares = new Float64Array(2 * patients);
  for (let k = 0; k < scores.length; k++) {
    const cell = isIn[k]! * patients + (k % patients);
    count[cell]!++;
    sum[cell]! += scores[k]!;
    squares[cell]! += scores[k]! ** 2;
  }
  return { count, sum, squares };
}

/** Pooled variance out and in, at least a millionth of all variance: a photocopy's members do not vary. */
function shareVariances({ count, sum, squares }: Sums, patients: number) {
  const total = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
  const n = total(count);
  const mean = total(sum) / n;
  const floor = Math.max(smallestNormal, 1e-6 * (total(squares) / n - mean * mean), 1e-12 * mean * mean);
  const variances = [0, 1].map((side) => {
    let within = 0;
    let degrees = 0;
    for (let cell = side * patients; cell < (side + 1) * patients; cell++) {
      within += squares[cell]! - sum[cell]! ** 2 / count[cell]!;
      degrees += count[cell]! - 1;
    }
    return Math.max(floor, within / degrees);
  });
  return { variances, floor };
}
