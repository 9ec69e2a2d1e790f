import { dotProduct } from "@osteon/numerics";

/**
 * Columns prepared for many correlations: centred and scaled to length 1 over their known values, 0 where
 * unknown. Without unknown values a correlation is a dot product; with them it is that less what the
 * rows contribute that the other column does not know, so that few unknown values cost little.
 */
export interface CorrelationProfiles {
  readonly patientCount: number;
  /** Column k at `unit[k * patientCount …]`; zeros throughout where it does not vary. */
  readonly unit: Float32Array;
  readonly varies: Uint8Array;
  /** Rows of each column that are not known. */
  readonly unknown: readonly Uint32Array[];
}

const none = new Uint32Array(0);

/** @param values row-major, `width` columns; @param columns those to prepare */
export function prepareProfiles(values: Float32Array, width: number, columns: ArrayLike<number>): CorrelationProfiles {
  const patientCount = width === 0 ? 0 : values.length / width;
  const unit = new Float32Array(columns.length * patientCount);
  const varies = new Uint8Array(columns.length);
  const column = new Float64Array(patientCount);
  const unknown = Array.from({ length: columns.length }, (_, k) => {
    const missing: number[] = [];
    let sum = 0;
    for (let i = 0; i < patientCount; i++) {
      const value = values[i * width + columns[k]!]!;
      column[i] = value;
      if (Number.isNaN(value)) missing.push(i);
      else sum += value;
    }
    const known = patientCount - missing.length;
    const mean = sum / known;
    let squares = 0;
    for (let i = 0; i < patientCount; i++) {
      const centred = column[i]! - mean;
      column[i] = Number.isNaN(centred) ? 0 : centred;
      squares += column[i]! ** 2;
    }
    // Rounding of a constant column leaves a trace at the scale of its mean.
    if (known >= 3 && squares > known * (1e-9 * mean) ** 2) {
      varies[k] = 1;
      const scale = 1 / Math.sqrt(squares);
      for (let i = 0; i < patientCount; i++) unit[k * patientCount + i] = column[i]! * scale;
    }
    return missing.length === 0 ? none : Uint32Array.from(missing);
  });
  return { patientCount, unit, varies, unknown };
}

/** Pearson's correlation of two prepared columns over patients known in both; NaN where it does not exist. */
export function correlateProfiles(profiles: CorrelationProfiles, a: number, b: number): number {
  const { patientCount: n, unit, varies, unknown } = profiles;
  if (varies[a] === 0 || varies[b] === 0) return Number.NaN;
  const products = dotProduct(unit, a * n, unit, b * n, n);
  const unknownA = unknown[a]!;
  const unknownB = unknown[b]!;
  if (unknownA.length === 0 && unknownB.length === 0) return products;
  let count = n - unknownB.length;
  let sumA = 0;
  let sumB = 0;
  let squaresA = 1;
  let squaresB = 1;
  for (let k = 0; k < unknownB.length; k++) {
    const value = unit[a * n + unknownB[k]!]!;
    sumA -= value;
    squaresA -= value * value;
  }
  for (let k = 0; k < unknownA.length; k++) {
    const row = unknownA[k]!;
    const value = unit[b * n + row]!;
    sumB -= value;
    squaresB -= value * value;
    if (!unknownB.includes(row)) count--;
  }
  const varianceA = squaresA - (sumA * sumA) / count;
  const varianceB = squaresB - (sumB * sumB) / count;
  // What is left of a column that varies only where the other is unknown is rounding.
  if (count < 3 || varianceA < 1e-6 || varianceB < 1e-6) return Number.NaN;
  const correlation = (products - (sumA * sumB) / count) / Math.sqrt(varianceA * varianceB);
  return Math.max(-1, Math.min(1, correlation));
}

/** Correlations of all pairs a < b, by a, then b; NaN where one does not exist. */
export function correlateAllPairs(profiles: CorrelationProfiles): Float32Array {
  const count = profiles.varies.length;
  const correlations = new Float32Array((count * (count - 1)) / 2);
  let pair = 0;
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) correlations[pair++] = correlateProfiles(profiles, a, b);
  }
  return correlations;
}
