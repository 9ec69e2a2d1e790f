import { rocArea } from "@osteon/numerics";
import { nearestSquaredDistances } from "../input/nearest-distances.ts";
import type { EvaluationInput } from "../input/evaluation-input.ts";
import { countNear, nearCopyThreshold, type CopyCount } from "./count-copies.ts";

/** What the expression of a file gives away of training patients; null where that cannot be told. */
export interface FileMemory {
  readonly membershipAuc: number | null;
  readonly copies: CopyCount | null;
}

/**
 * Distance-to-closest-record attack: does the released file alone tell who was trained on? The area under
 * the ROC curve of training patients being nearer to their closest candidate, in scaled expression, than
 * held-out patients are. 0.5: no; 1: always. Source: Hilprecht et al. 2019 (PoPETs); Chen et al. 2020.
 * And candidates that repeat a training patient's expression.
 */
export function measureMemory(
  train: EvaluationInput,
  holdOut: EvaluationInput,
  candidate: EvaluationInput,
): FileMemory {
  const width = train.cohort.expression.genes.length;
  if (width === 0) return { membershipAuc: null, copies: null };
  const near = (real: EvaluationInput) =>
    nearestSquaredDistances(candidate.placedExpression, real.placedExpression, width);
  const trained = near(train);
  const closeness = (distances: Float64Array) => distances.map((distance) => -distance);
  return {
    membershipAuc:
      candidate.placedRows.length === 0
        ? null
        : rocArea(closeness(trained.ofSecond), closeness(near(holdOut).ofSecond)),
    copies: train.placedRows.length < 2 ? null : countNear(trained.ofFirst, nearCopyThreshold(train.fellowDistances)),
  };
}
