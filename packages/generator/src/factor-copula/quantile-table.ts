import { normalCdf, normalQuantile, regularisedIncompleteBeta, truncatedNormalMean } from "@osteon/numerics";

/** Latent levels that the knots of every table of a model stand at: `first`, `first + step`, … */
export interface LatentGrid {
  readonly knots: number;
  readonly first: number;
  readonly step: number;
}

/**
 * Grid for n patients. At least three patients lie beyond the outer knots, so that no knot is the
 * value of one person; the tails beyond are fitted.
 */
export function latentGridFor(patients: number): LatentGrid {
  const last = Math.min(3, Math.max(1, -normalQuantile(3 / Math.max(patients, 4))));
  const knots = patients < 500 ? 17 : 33;
  return { knots, first: -last, step: (2 * last) / (knots - 1) };
}

/** Width of a table: the knots, then the slopes of the lower and the upper tail. */
export function tableWidth(grid: LatentGrid): number {
  return grid.knots + 2;
}

/**
 * Fits smooth quantile functions x = Q(z), z standard normal: Harrell–Davis estimates at the knots,
 * linear (so normal) tails beyond them whose slope matches the mean of the values out there.
 * Source: Harrell & Davis, Biometrika 1982.
 */
export class QuantileTableFitter {
  readonly grid: LatentGrid;
  readonly #weights = new Map<number, KnotWeights[]>();

  constructor(grid: LatentGrid) {
    this.grid = grid;
  }

  /**
   * @param sorted observed values in rising order, at least one
   * @param out the table, {@link tableWidth} values
   */
  fit(sorted: Float64Array, out: Float32Array | Float64Array): void {
    const { knots, first, step } = this.grid;
    const n = sorted.length;
    const weights = this.#weightsFor(n);
    const atLowest = countWhile(sorted, sorted[0]!);
    for (let k = 0; k < knots; k++) {
      // A mass at the lowest value (genes not expressed) stays exactly there, not smeared upwards.
      const inAtom = atLowest > 1 && normalCdf(first + k * step) <= atLowest / n;
      out[k] = inAtom ? sorted[0]! : weightedSum(sorted, weights[k]!);
    }
    for (let k = 1; k < knots; k++) out[k] = Math.max(out[k]!, out[k - 1]!);
    const tailSize = Math.max(1, Math.round(n * normalCdf(first)));
    const excess = first - truncatedNormalMean(-Infinity, first);
    out[knots] = Math.max(0, (out[0]! - mean(sorted, 0, tailSize)) / excess);
    out[knots + 1] = Math.max(0, (mean(sorted, n - tailSize, n) - out[knots - 1]!) / excess);
  }

  #weightsFor(n: number): KnotWeights[] {
    let weights = this.#weights.get(n);
    if (!weights) {
      const { knots, first, step } = this.grid;
      weights = Array.from({ length: knots }, (_, k) => harrellDavisWeights(n, normalCdf(first + k * step)));
      this.#weights.set(n, weights);
    }
    return weights;
  }
}

/** Value of one table at latent z. */
export function quantileTableValue(table: ArrayLike<number>, grid: LatentGrid, z: number): number {
  const { knots, first, step } = grid;
  const last = first + step * (knots - 1);
  if (z <= first) return table[0]! + (z - first) * table[knots]!;
  if (z >= last) return table[knots - 1]! + (z - last) * table[knots + 1]!;
  const t = (z - first) / step;
  const k = Math.min(Math.floor(t), knots - 2);
  return table[k]! + (table[k + 1]! - table[k]!) * (t - k);
}

// No latent value is placed further out than this: one in 3.5 million of a normal.
const furthestLatent = 5;

/** Latent of a value: the inverse of {@link quantileTableValue}; the mean latent over a mass at one value. */
export function quantileTableLatent(table: ArrayLike<number>, offset: number, grid: LatentGrid, x: number): number {
  const { knots, first, step } = grid;
  const last = first + step * (knots - 1);
  if (x < table[offset]!) {
    const slope = table[offset + knots]!;
    return slope > 0 ? Math.max(-furthestLatent, first + (x - table[offset]!) / slope) : first;
  }
  if (x > table[offset + knots - 1]!) {
    const slope = table[offset + knots + 1]!;
    return slope > 0 ? Math.min(furthestLatent, last + (x - table[offset + knots - 1]!) / slope) : last;
  }
  let low = 0;
  let high = knots - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (table[offset + middle]! >= x) high = middle;
    else low = middle + 1;
  }
  if (table[offset + low]! > x) {
    const left = table[offset + low - 1]!;
    return first + step * (low - 1 + (x - left) / (table[offset + low]! - left));
  }
  let flatEnd = low;
  while (flatEnd + 1 < knots && table[offset + flatEnd + 1]! === x) flatEnd++;
  if (flatEnd === low) return first + step * low;
  const from = low === 0 ? -Infinity : first + step * low;
  const to = flatEnd === knots - 1 ? Infinity : first + step * flatEnd;
  return truncatedNormalMean(from, to);
}

interface KnotWeights {
  readonly start: number;
  readonly values: Float64Array;
}

/** Weights of the order statistics for the quantile p; those under 1e-9 at either end are left out. */
function harrellDavisWeights(n: number, p: number): KnotWeights {
  const a = p * (n + 1);
  const b = (1 - p) * (n + 1);
  const all = new Float64Array(n);
  let before = 0;
  for (let i = 0; i < n; i++) {
    const upTo = regularisedIncompleteBeta((i + 1) / n, a, b);
    all[i] = upTo - before;
    before = upTo;
  }
  let start = 0;
  let end = n;
  while (start < n - 1 && all[start]! < 1e-9) start++;
  while (end > start + 1 && all[end - 1]! < 1e-9) end--;
  return { start, values: all.slice(start, end) };
}

function weightedSum(sorted: Float64Array, { start, values }: KnotWeights): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]! * sorted[start + i]!;
    total += values[i]!;
  }
  return sum / total;
}

function countWhile(sorted: Float64Array, value: number): number {
  let count = 0;
  while (count < sorted.length && sorted[count] === value) count++;
  return count;
}

function mean(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum / (to - from);
}
