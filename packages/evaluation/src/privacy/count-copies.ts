import type { EvaluationInput } from "../input/evaluation-input.ts";
import { nearestSquaredDistances } from "../input/squared-distances.ts";

/** Candidates that repeat a training patient's expression. */
export interface CopyCount {
  readonly candidates: number;
  /** At distance 0. */
  readonly exact: number;
  /** Within a quarter of the median distance of training patients to their nearest fellow; includes exact. */
  readonly near: number;
}

const nearFraction = 0.25;

/** Counts copies by distance in scaled expression; null where there is no expression or one patient only. */
export function countCopies(train: EvaluationInput, candidate: EvaluationInput): CopyCount | null {
  const width = train.cohort.expression.genes.length;
  if (width === 0 || train.placedRows.length < 2) return null;
  const fellows = nearestSquaredDistances(train.placedExpression, train.placedExpression, width, {
    excludeSameRow: true,
  });
  const threshold = nearFraction ** 2 * fellows.toSorted()[Math.floor(fellows.length / 2)]!;
  const distances = nearestSquaredDistances(candidate.placedExpression, train.placedExpression, width);
  return {
    candidates: candidate.placedRows.length,
    exact: distances.filter((distance) => distance === 0).length,
    near: distances.filter((distance) => distance <= threshold).length,
  };
}
