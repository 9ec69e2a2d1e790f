import { normalCdf, normalQuantile, truncatedNormalMean } from "@osteon/numerics";
import { harrellDavisWeights, weightedSum, type OrderWeights } from "./harrell-davis.ts";

/** Latent levels that the knots of every table of a model stand at: `first`, `first + step`, … */
export interface LatentGrid {
  readonly knots: number;
  readonly first: number;
  readonly step: number;
}

/** Fewest patients that one number of a table is made of. */
const fewestPatients = 3;

/**
 * Grid for n patients. At least three patients lie beyond the outer knots, so that no knot is the
 * value of one person; the tails beyond are fitted.
 */
export function latentGridFor(patients: number): LatentGrid {
  const last = Math.min(3, Math.max(1, -normalQuantile(fewestPatients / Math.max(patients, 4))));
  const knots = patients < 500 ? 17 : 33;
  return { knots, first: -last, step: (2 * last) / (knots - 1) };
}

/** Width of a table: the knots, then the slope of the lower tail, that of the upper tail, and the floor. */
export function tableWidth(grid: LatentGrid): number {
  return grid.knots + 3;
}

/** Floor of a variable that may be as low as it likes; a single can hold it, and JSON. */
export const noFloor = -3e38;

/**
 * Fits smooth quantile functions x = Q(z), z standard normal: Harrell–Davis estimates at the knots,
 * linear (so normal) tails beyond them whose slope matches the mean of the values out there.
 *
 * A mass at the lowest value (genes not expressed) becomes the table's floor: below the latent level that
 * the mass reaches up to, the table runs under the floor, so the mass keeps its place and its size.
 * Source: Harrell & Davis, Biometrika 1982.
 */
export class QuantileTableFitter {
  readonly grid: LatentGrid;
  readonly #weights = new Map<number, OrderWeights[]>();

  constructor(grid: LatentGrid) {
    this.grid = grid;
  }

  /**
   * @param sorted observed values in rising order, at least one
   * @param out the table, {@link tableWidth} values
   * @param lowest no value can be less, whatever was seen; {@link noFloor} where there is no such bound
   */
  fit(sorted: Float64Array, out: Float32Array | Float64Array, lowest: number = noFloor): void {
    const { knots, first, step } = this.grid;
    const n = sorted.length;
    const smallest = sorted[0]!;
    const atSmallest = countWhile(sorted, smallest);
    const hasMass = atSmallest >= fewestPatients || atSmallest === n;
    const massEnd = hasMass ? normalQuantile(atSmallest / n) : -Infinity;
    const weights = this.#weightsFor(n);
    const firstFree = Math.min(knots, Math.max(0, Math.floor((massEnd - first) / step) + 1));
    let previous = hasMass ? smallest : -Infinity;
    for (let k = firstFree; k < knots; k++) {
      previous = Math.max(previous, weightedSum(sorted, weights[k]!));
      out[k] = previous;
    }
    const tailSize = Math.max(1, Math.round(n * normalCdf(first)));
    const excess = first - truncatedNormalMean(-Infinity, first);
    out[knots] = 0;
    out[knots + 1] = Math.max(0, (mean(sorted, n - tailSize, n) - out[knots - 1]!) / excess);
    out[knots + 2] = hasMass ? smallest : lowest;
    if (firstFree > 0) this.#runUnderFloor(sorted, atSmallest, massEnd, firstFree, out);
    else if (hasMass) out[knots] = (out[0]! - smallest) / (first - massEnd);
    else out[knots] = Math.max(0, (out[0]! - mean(sorted, 0, tailSize)) / excess);
  }

  /** Sets the knots within the mass so that the table leaves the floor just where the mass ends. */
  #runUnderFloor(
    sorted: Float64Array,
    atSmallest: number,
    massEnd: number,
    firstFree: number,
    out: Float32Array | Float64Array,
  ): void {
    const { knots, first, step } = this.grid;
    const n = sorted.length;
    const floor = sorted[0]!;
    let under: number;
    if (firstFree < knots) {
      // A line that is too steep would lose its digits; the share of the mass moves by under 0.001.
      const rise = Math.min(step, Math.max(first + firstFree * step - massEnd, step / 100));
      under = floor - ((out[firstFree]! - floor) * (step - rise)) / rise;
    } else {
      const last = first + step * (knots - 1);
      const above = atSmallest === n ? 0 : mean(sorted, atSmallest, n) - floor;
      const slope = above === 0 ? 0 : above / (truncatedNormalMean(massEnd, Infinity) - massEnd);
      out[knots + 1] = slope;
      under = above === 0 ? floor : floor - slope * (massEnd - last);
    }
    for (let k = 0; k < firstFree; k++) out[k] = under;
  }

  #weightsFor(n: number): OrderWeights[] {
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
  return Math.max(table[knots + 2]!, lineAt(table, (z - first) / step, grid));
}

/** The table before its floor, at a level counted in steps from the first knot. */
function lineAt(table: ArrayLike<number>, t: number, { knots, step }: LatentGrid): number {
  if (t <= 0) return table[0]! + t * step * table[knots]!;
  if (t >= knots - 1) return table[knots - 1]! + (t - (knots - 1)) * step * table[knots + 1]!;
  const k = Math.floor(t);
  return table[k]! + (table[k + 1]! - table[k]!) * (t - k);
}

// No latent value is placed further out than this: one in 3.5 million of a normal.
const furthestLatent = 5;

// Quantiles this near, as a share of the knots' range, are one mass: smoothing leaves its end not quite flat.
const flatTolerance = 1e-5;

/** Latent of a value: the inverse of {@link quantileTableValue}; the mean latent over a mass at one value. */
export function quantileTableLatent(table: ArrayLike<number>, offset: number, grid: LatentGrid, x: number): number {
  const floor = table[offset + grid.knots + 2]!;
  const tolerance = flatTolerance * (table[offset + grid.knots - 1]! - Math.max(floor, table[offset]!));
  const from = x <= floor ? -Infinity : levelsOf(table, offset, grid, x - tolerance)[0];
  const to = levelsOf(table, offset, grid, Math.max(x, floor) + tolerance)[1];
  return Math.max(-furthestLatent, Math.min(furthestLatent, truncatedNormalMean(from, to)));
}

/** The lowest and the highest latent level at which the table, before its floor, has the value x. */
function levelsOf(
  table: ArrayLike<number>,
  offset: number,
  { knots, first, step }: LatentGrid,
  x: number,
): readonly [number, number] {
  const last = first + step * (knots - 1);
  const lowestKnot = table[offset]!;
  const highestKnot = table[offset + knots - 1]!;
  if (x < lowestKnot) {
    const slope = table[offset + knots]!;
    const level = slope > 0 ? first + (x - lowestKnot) / slope : first;
    return [level, level];
  }
  if (x > highestKnot) {
    const slope = table[offset + knots + 1]!;
    const level = slope > 0 ? last + (x - highestKnot) / slope : last;
    return [level, level];
  }
  let low = 0;
  let high = knots - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (table[offset + middle]! >= x) high = middle;
    else low = middle + 1;
  }
  const right = table[offset + low]!;
  if (right > x) {
    const left = table[offset + low - 1]!;
    const level = first + step * (low - 1 + (x - left) / (right - left));
    return [level, level];
  }
  let flatEnd = low;
  while (flatEnd + 1 < knots && table[offset + flatEnd + 1]! === x) flatEnd++;
  const endless = flatEnd === knots - 1 && table[offset + knots + 1] === 0;
  if (flatEnd === low && !endless) return [first + step * low, first + step * low];
  return [low === 0 ? -Infinity : first + step * low, endless ? Infinity : first + step * flatEnd];
}

function countWhile(sorted: Float64Array, value: number): number {
  let count = 0;
  while (count < sorted.length && sorted[count] === value) count++;
  return count;
}

function mean(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]! - values[from]!;
  return values[from]! + sum / (to - from);
}
