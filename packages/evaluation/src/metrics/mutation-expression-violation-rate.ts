import { mean } from "@osteon/numerics";
import { knownExpressionEffects } from "../biology/expression-effects.ts";
import { scoreCarriers } from "../biology/score-carriers.ts";
import { computed, missing, type Metric } from "./metric.ts";

/** Smaller differences, in deviations of the real patients, are rounding: a constant file moves in no direction. */
const tolerance = 1e-6;

/**
 * Of the candidate's altered patients, the share whose signature does not move in the known direction:
 * mean scaled expression of the signature strictly beyond the mean of the candidate's own
 * unaltered patients. Standing still is a violation, so that a constant file fails. Real patients
 * violate too (signatures are noisy): the figure says something beside theirs only.
 * Source: the seed system's validator; effects and reading are ours.
 */
export const mutationExpressionViolationRate: Metric = {
  name: "mutation_expression_violation_rate",
  title: "drivers without their effect",
  group: "biology",
  unit: "share",
  better: "lower",
  compute: ({ candidate }) => {
    let altered = 0;
    let violations = 0;
    for (const { cause, direction, signature } of knownExpressionEffects) {
      const scores = scoreCarriers(candidate, cause, signature);
      if (scores === null || scores.others.length === 0) continue;
      const baseline = mean(scores.others);
      for (const score of scores.carriers) {
        altered++;
        const move = direction === "up" ? score - baseline : baseline - score;
        if (move <= tolerance) violations++;
      }
    }
    return altered === 0
      ? missing("no patient carries a driver alteration whose effect is measured, beside one who does not")
      : computed(violations / altered);
  },
};
