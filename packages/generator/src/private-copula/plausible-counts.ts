import { normalQuantile } from "@osteon/numerics";

/**
 * The counts nearest to noisy ones that could be counts: none negative, with the noisy ones' sum kept within
 * 1 … `patients`. Empty cells come out as 0, where cutting at 0 would leave half of their noise as patients.
 * Source: Duchi, Shalev-Shwartz, Singer & Chandra 2008 (projection on the simplex).
 */
export function makePlausible(noisy: ArrayLike<number>, patients: number): Float64Array {
  const values = Float64Array.from(noisy);
  const total = Math.min(
    patients,
    Math.max(
      1,
      values.reduce((sum, value) => sum + value, 0),
    ),
  );
  let sum = 0;
  let shift = 0;
  values
    .toSorted((a, b) => b - a)
    .forEach((value, k) => {
      sum += value;
      const candidate = (sum - total) / (k + 1);
      if (value > candidate) shift = candidate;
    });
  return values.map((value) => Math.max(0, value - shift));
}

/** How often noise alone may pass for patients in a table. */
const falseSupport = 0.01;

/**
 * Noisy counts of cells in an order, with 0 in those outside the range of values: before the first and after the last
 * cell whose count noise alone does not explain, and their neighbours. A table has mostly empty cells, as its ranges are
 * public and wide; a few of their noise's patients far away would move a mean by more than all other noise. Counts of
 * which noise explains all are left as they are.
 *
 * @param deviation of the noise of a cell
 */
export function cutToSupport(noisy: ArrayLike<number>, deviation: number): Float64Array {
  const values = Float64Array.from(noisy);
  const threshold = deviation * normalQuantile(1 - falseSupport / values.length);
  const first = values.findIndex((value) => value > threshold);
  if (first < 0) return values;
  const last = values.findLastIndex((value) => value > threshold);
  return values.map((value, cell) => (cell >= first - 1 && cell <= last + 1 ? value : 0));
}

/**
 * A sample in rising order with the cells' frequencies, even within each cell: what stands in for values that
 * are not to be seen.
 */
export function spreadOverCells(counts: Float64Array, edges: readonly number[], size: number): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const sample = new Float64Array(size);
  let cell = 0;
  let below = 0;
  for (let i = 0; i < size; i++) {
    const rank = (total * (i + 0.5)) / size;
    while (cell < counts.length - 1 && below + counts[cell]! < rank) below += counts[cell++]!;
    const share = counts[cell]! > 0 ? Math.min(1, (rank - below) / counts[cell]!) : 0.5;
    sample[i] = edges[cell]! + share * (edges[cell + 1]! - edges[cell]!);
  }
  return sample;
}
