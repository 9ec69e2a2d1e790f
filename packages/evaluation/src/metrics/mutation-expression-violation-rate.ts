import { readAlteration } from "../biology/alteration.ts";
import { knownExpressionEffects } from "../biology/expression-effects.ts";
import type { EvaluationInput } from "../input/evaluation-input.ts";
import { computed, missing, type Metric } from "./metric.ts";

const minimumSignatureGenes = 3;
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
      const states = readAlteration(candidate.cohort, cause);
      const scores = averageSignature(candidate, signature);
      if (states === null || scores === null) continue;
      const unaltered = scores.filter((score, i) => states[i] === 0 && !Number.isNaN(score));
      if (unaltered.length === 0) continue;
      const baseline = unaltered.reduce((sum, score) => sum + score, 0) / unaltered.length;
      scores.forEach((score, i) => {
        if (states[i] !== 1 || Number.isNaN(score)) return;
        altered++;
        const move = direction === "up" ? score - baseline : baseline - score;
        if (move <= tolerance) violations++;
      });
    }
    return altered === 0
      ? missing("no patient carries a driver alteration whose effect is measured, beside one who does not")
      : computed(violations / altered);
  },
};

/** By patient, the mean over measured signature genes; NaN or null where fewer than three are. */
function averageSignature(input: EvaluationInput, signature: readonly string[]): Float64Array | null {
  const { genes } = input.cohort.expression;
  const columns = signature.map((gene) => genes.indexOf(gene)).filter((column) => column >= 0);
  if (columns.length < minimumSignatureGenes) return null;
  return Float64Array.from({ length: input.patientCount }, (_, i) => {
    const known = columns
      .map((column) => input.scaledExpression[i * genes.length + column]!)
      .filter((value) => !Number.isNaN(value));
    return known.length < minimumSignatureGenes
      ? Number.NaN
      : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}
