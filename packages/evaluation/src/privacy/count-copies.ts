import type { EvaluationInput } from "../input/evaluation-input.ts";
import { nearestSquaredDistances } from "../input/squared-distances.ts";

/** Candidates that repeat a training patient. */
export interface CopyCount {
  readonly candidates: number;
  /** At distance 0. */
  readonly exact: number;
  /** Within a quarter of the median distance of training patients to their nearest fellow; includes exact. */
  readonly near: number;
}

const nearFraction = 0.25;

/** The squared distance within which a candidate is a near copy; 0 of fewer than two training patients. */
export function nearCopyThreshold(train: Float32Array, width: number): number {
  const fellows = nearestSquaredDistances(train, train, width, { excludeSameRow: true }).sort();
  const median = fellows[Math.floor(fellows.length / 2)] ?? 0;
  return Number.isFinite(median) ? nearFraction ** 2 * median : 0;
}

/** @param distances squared, of each candidate to the nearest training patient */
export function countNear(distances: Float64Array, threshold: number): CopyCount {
  const count = (limit: number) => distances.filter((distance) => distance <= limit).length;
  return { candidates: distances.length, exact: count(0), near: count(threshold) };
}

/** Counts copies by distance in scaled expression; null where there is no expression or one patient only. */
export function countCopies(train: EvaluationInput, candidate: EvaluationInput): CopyCount | null {
  const width = train.cohort.expression.genes.length;
  if (width === 0 || train.placedRows.length < 2) return null;
  const distances = nearestSquaredDistances(candidate.placedExpression, train.placedExpression, width);
  return countNear(distances, nearCopyThreshold(train.placedExpression, width));
}
