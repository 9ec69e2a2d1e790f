/** Candidates that repeat a training patient. */
export interface CopyCount {
  readonly candidates: number;
  /** At distance 0. */
  readonly exact: number;
  /** Within a quarter of the median distance of training patients to their nearest fellow; includes exact. */
  readonly near: number;
}

const nearFraction = 0.25;

/**
 * The squared distance within which a candidate is a near copy; 0 of fewer than two training patients.
 *
 * @param fellows squared distance of each training patient to the nearest other one
 */
export function nearCopyThreshold(fellows: Float64Array): number {
  const median = fellows.toSorted()[Math.floor(fellows.length / 2)] ?? 0;
  return Number.isFinite(median) ? nearFraction ** 2 * median : 0;
}

/** @param distances squared, of each candidate to the nearest training patient */
export function countNear(distances: Float64Array, threshold: number): CopyCount {
  const count = (limit: number) => distances.filter((distance) => distance <= limit).length;
  return { candidates: distances.length, exact: count(0), near: count(threshold) };
}
