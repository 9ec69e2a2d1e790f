/** How many are still followed just before each of the times: whose own time is not earlier. */
export function countAtRisk(timesDays: ArrayLike<number>, atDays: readonly number[]): readonly number[] {
  const sorted = Float64Array.from(timesDays).toSorted();
  return atDays.map((day) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]! < day) low = middle + 1;
      else high = middle;
    }
    return sorted.length - low;
  });
}
