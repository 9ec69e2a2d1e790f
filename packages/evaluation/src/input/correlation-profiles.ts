import { pearsonCorrelation } from "@osteon/numerics";

/**
 * Columns prepared for many correlations: centred and scaled to length 1, so that a correlation is a
 * dot product. A column with unknown values is correlated over complete pairs instead.
 */
export interface CorrelationProfiles {
  readonly patientCount: number;
  /** Column k at `values[k * patientCount …]`; zeros where it does not vary or has unknown values. */
  readonly unit: Float32Array;
  /** The columns as they were. */
  readonly raw: Float32Array;
  /** 1 known throughout and varying, 0 constant, −1 with unknown values. */
  readonly state: Int8Array;
}

/** @param values row-major, `width` columns; @param columns those to prepare */
export function prepareProfiles(values: Float32Array, width: number, columns: ArrayLike<number>): CorrelationProfiles {
  const patientCount = width === 0 ? 0 : values.length / width;
  const unit = new Float32Array(columns.length * patientCount);
  const raw = new Float32Array(columns.length * patientCount);
  const state = new Int8Array(columns.length);
  for (let k = 0; k < columns.length; k++) {
    const start = k * patientCount;
    let sum = 0;
    for (let i = 0; i < patientCount; i++) {
      const value = values[i * width + columns[k]!]!;
      raw[start + i] = value;
      sum += value;
    }
    if (Number.isNaN(sum)) {
      state[k] = -1;
      continue;
    }
    const mean = sum / patientCount;
    let squares = 0;
    for (let i = 0; i < patientCount; i++) squares += (raw[start + i]! - mean) ** 2;
    // Rounding of a constant column leaves a trace at the scale of its mean.
    if (squares <= patientCount * (1e-9 * mean) ** 2) continue;
    state[k] = 1;
    const scale = 1 / Math.sqrt(squares);
    for (let i = 0; i < patientCount; i++) unit[start + i] = (raw[start + i]! - mean) * scale;
  }
  return { patientCount, unit, raw, state };
}

/** Correlation of two prepared columns; NaN where it does not exist. */
export function correlateProfiles(profiles: CorrelationProfiles, a: number, b: number): number {
  const { patientCount: n, unit, raw, state } = profiles;
  if (state[a] === 0 || state[b] === 0) return Number.NaN;
  if (state[a] === 1 && state[b] === 1) return dot(unit, a * n, b * n, n);
  return pearsonCorrelation(raw.subarray(a * n, (a + 1) * n), raw.subarray(b * n, (b + 1) * n)) ?? Number.NaN;
}

/** Correlations of all pairs a < b, by a, then b; NaN where one does not exist. */
export function correlateAllPairs(profiles: CorrelationProfiles): Float32Array {
  const count = profiles.state.length;
  const correlations = new Float32Array((count * (count - 1)) / 2);
  let pair = 0;
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) correlations[pair++] = correlateProfiles(profiles, a, b);
  }
  return correlations;
}

/** Dot product of two stretches of one array, in four sums that the processor can keep apart. */
function dot(values: Float32Array, a: number, b: number, length: number): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    sum0 += values[a + i]! * values[b + i]!;
    sum1 += values[a + i + 1]! * values[b + i + 1]!;
    sum2 += values[a + i + 2]! * values[b + i + 2]!;
    sum3 += values[a + i + 3]! * values[b + i + 3]!;
  }
  for (; i < length; i++) sum0 += values[a + i]! * values[b + i]!;
  return sum0 + sum1 + (sum2 + sum3);
}
