/** Deviations of values from their row's mean in its standard deviations; 0 where a row does not vary or is unknown. */
export function standardiseRows(values: Float32Array, columns: number): Float32Array {
  const scaled = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += columns) {
    const known = values.subarray(start, start + columns).filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
    const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length - 1);
    if (!(variance > 0)) continue;
    for (let k = start; k < start + columns; k++) {
      scaled[k] = Number.isNaN(values[k]!) ? 0 : (values[k]! - mean) / Math.sqrt(variance);
    }
  }
  return scaled;
}

/**
 * An order of rows in which like rows are neighbours: leaves of average-linkage clustering by correlation, the way heat
 * maps of expression are drawn. For some dozens of rows.
 *
 * @param rows standardised, rows × columns
 */
export function orderRows(rows: Float32Array, columns: number): readonly number[] {
  const count = columns === 0 ? 0 : rows.length / columns;
  let clusters = Array.from({ length: count }, (_, k) => [k]);
  const similarity = correlateRows(rows, columns, count);
  while (clusters.length > 1) {
    const [a, b] = closestPair(clusters, similarity, count);
    const joined = [...clusters[a]!, ...clusters[b]!];
    clusters = [...clusters.filter((_, k) => k !== a && k !== b), joined];
  }
  return clusters[0] ?? [];
}

/** Columns by their place along what the rows vary in most: the first principal component, by power iteration. */
export function orderColumns(rows: Float32Array, columns: number): readonly number[] {
  const count = columns === 0 ? 0 : rows.length / columns;
  let scores = Float64Array.from({ length: columns }, (_, j) => Math.sin(j + 1));
  for (let round = 0; round < 30; round++) {
    const loadings = Float64Array.from({ length: count }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += rows[i * columns + j]! * scores[j]!;
      return sum;
    });
    const next = new Float64Array(columns);
    for (let i = 0; i < count; i++) for (let j = 0; j < columns; j++) next[j]! += rows[i * columns + j]! * loadings[i]!;
    const length = Math.hypot(...next);
    if (!(length > 0)) break;
    scores = next.map((value) => value / length);
  }
  return Array.from({ length: columns }, (_, j) => j).toSorted((a, b) => scores[a]! - scores[b]!);
}

function correlateRows(rows: Float32Array, columns: number, count: number): Float32Array {
  const similarity = new Float32Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = a; b < count; b++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += rows[a * columns + j]! * rows[b * columns + j]!;
      similarity[a * count + b] = similarity[b * count + a] = sum / Math.max(1, columns - 1);
    }
  }
  return similarity;
}

function closestPair(
  clusters: readonly (readonly number[])[],
  similarity: Float32Array,
  count: number,
): readonly [number, number] {
  let best: readonly [number, number] = [0, 1];
  let highest = -Infinity;
  for (let a = 0; a < clusters.length; a++) {
    for (let b = a + 1; b < clusters.length; b++) {
      let sum = 0;
      for (const i of clusters[a]!) for (const j of clusters[b]!) sum += similarity[i * count + j]!;
      const mean = sum / (clusters[a]!.length * clusters[b]!.length);
      if (mean > highest) [highest, best] = [mean, [a, b]];
    }
  }
  return best;
}
