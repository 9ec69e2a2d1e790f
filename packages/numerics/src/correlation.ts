import { averageRanks } from "./ranks.ts";

/**
 * Pearson's correlation over the pairs in which both values are known (not NaN).
 * Source: Pearson 1895, by the two-pass formula.
 *
 * @returns null where it does not exist: fewer than 3 complete pairs, or a side that does not vary
 */
export function pearsonCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  let count = 0;
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]! + y[i]!)) continue;
    count++;
    sumX += x[i]!;
    sumY += y[i]!;
  }
  if (count < 3) return null;
  const meanX = sumX / count;
  const meanY = sumY / count;
  let squaresX = 0;
  let squaresY = 0;
  let products = 0;
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]! + y[i]!)) continue;
    const dx = x[i]! - meanX;
    const dy = y[i]! - meanY;
    squaresX += dx * dx;
    squaresY += dy * dy;
    products += dx * dy;
  }
  // A constant side leaves rounding behind in its squares, at the scale of its mean.
  if (squaresX <= count * (1e-12 * meanX) ** 2 || squaresY <= count * (1e-12 * meanY) ** 2) return null;
  return Math.max(-1, Math.min(1, products / Math.sqrt(squaresX * squaresY)));
}

/** Spearman's rank correlation over complete pairs; null as {@link pearsonCorrelation}. */
export function spearmanCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const knownX: number[] = [];
  const knownY: number[] = [];
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]! + y[i]!)) continue;
    knownX.push(x[i]!);
    knownY.push(y[i]!);
  }
  return pearsonCorrelation(averageRanks(knownX), averageRanks(knownY));
}
