import { rocArea } from "@osteon/numerics";
import type { EvaluationInput } from "../input/evaluation-input.ts";
import { nearestSquaredDistances } from "../input/squared-distances.ts";
import { computed, missing, type MetricValue } from "../metrics/metric.ts";

/**
 * Distance-to-closest-record attack: does the released file alone tell who was trained on? The area under
 * the ROC curve of training patients being nearer to their closest candidate, in scaled expression, than
 * held-out patients are. 0.5: no; 1: always. Source: Hilprecht et al. 2019 (PoPETs); Chen et al. 2020.
 */
export function computeMembershipAuc(
  train: EvaluationInput,
  holdOut: EvaluationInput,
  candidate: EvaluationInput,
): MetricValue {
  const width = train.cohort.expression.genes.length;
  if (width === 0) return missing("there is no expression");
  const closeness = (real: EvaluationInput) =>
    nearestSquaredDistances(real.placedExpression, candidate.placedExpression, width).map((distance) => -distance);
  if (candidate.placedRows.length === 0) return missing("no synthetic patient has expression");
  const area = rocArea(closeness(train), closeness(holdOut));
  return area === null ? missing("a side has no patient with expression") : computed(area);
}
