/** The middle value; of two middle ones, their mean. NaN for none. */
export function medianOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Distance of each value from the median in units of 1.4826 × the median absolute deviation, which is a
 * standard deviation where the values are normal. Source: Iglewicz & Hoaglin 1993. All 0 where more
 * than half of the values are equal, since then there is no scale.
 */
export function robustScores(values: Float64Array): Float64Array {
  const median = medianOf(values);
  const scale = 1.4826 * medianOf(values.map((value) => Math.abs(value - median)));
  return values.map((value) => (scale > 0 ? (value - median) / scale : 0));
}
