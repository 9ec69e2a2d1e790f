import { readAlteration } from "../biology/alteration.ts";
import { averageSignature } from "../biology/average-signature.ts";
import { knownExpressionEffects } from "../biology/expression-effects.ts";
import { computed, missing, type Metric } from "./metric.ts";

/**
 * Size of the known effects of driver mutations on expression: difference of the signature's mean between mutated
 * and other patients in the known direction, in deviations of the real patients' signature genes, each effect
 * weighted by n₁ n₀ / (n₁ + n₀), which is its precision. Unlike the violation rate it does not round a patient to
 * yes or no, and unlike agreement it needs no effect of the few held-out patients.
 */
export const knownMutationEffect: Metric = {
  name: "known_mutation_effect",
  title: "driver mutations have their effect",
  group: "biology",
  unit: "deviations",
  better: "higher",
  compute: ({ candidate }) => {
    let sum = 0;
    let weights = 0;
    for (const { cause, direction, signature } of knownExpressionEffects) {
      const states = cause.kinds.includes("mutation")
        ? readAlteration(candidate.cohort, { gene: cause.gene, kinds: ["mutation"] })
        : null;
      const scores = averageSignature(candidate, signature);
      if (states === null || scores === null) continue;
      const mutated = scores.filter((score, i) => states[i] === 1 && !Number.isNaN(score));
      const other = scores.filter((score, i) => states[i] === 0 && !Number.isNaN(score));
      if (mutated.length === 0 || other.length === 0) continue;
      const weight = (mutated.length * other.length) / (mutated.length + other.length);
      const move = mean(mutated) - mean(other);
      sum += weight * (direction === "up" ? move : -move);
      weights += weight;
    }
    return weights === 0
      ? missing("no driver mutation of known effect is carried by some patients and not by others")
      : computed(sum / weights);
  },
};

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
