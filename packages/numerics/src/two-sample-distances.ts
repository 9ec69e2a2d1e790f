/**
 * Kolmogorov and Smirnov's distance: the largest gap between two empirical distribution functions.
 *
 * @param x ascending, no NaN, at least one value
 * @param y as x
 * @returns 0 … 1
 */
export function kolmogorovSmirnovDistance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < x.length && j < y.length) {
    const at = Math.min(x[i]!, y[j]!);
    while (i < x.length && x[i]! <= at) i++;
    while (j < y.length && y[j]! <= at) j++;
    largest = Math.max(largest, Math.abs(i / x.length - j / y.length));
  }
  return largest;
}

/**
 * Wasserstein-1 (earth mover's) distance of two samples on a line: the area between their empirical
 * distribution functions, in the unit of the values. Source: Vallender 1974.
 *
 * @param x ascending, no NaN, at least one value
 * @param y as x
 */
export function wassersteinDistance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let i = 0;
  let j = 0;
  let area = 0;
  let previous = Math.min(x[0]!, y[0]!);
  while (i < x.length || j < y.length) {
    const at = i < x.length && (j === y.length || x[i]! <= y[j]!) ? x[i]! : y[j]!;
    area += Math.abs(i / x.length - j / y.length) * (at - previous);
    previous = at;
    while (i < x.length && x[i]! <= at) i++;
    while (j < y.length && y[j]! <= at) j++;
  }
  return area;
}
