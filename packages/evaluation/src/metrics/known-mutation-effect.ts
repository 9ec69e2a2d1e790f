import { mean } from "@osteon/numerics";
import { knownExpressionEffects } from "../biology/expression-effects.ts";
import { scoreCarriers } from "../biology/score-carriers.ts";
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
      if (!cause.kinds.includes("mutation")) continue;
      const scores = scoreCarriers(candidate, { gene: cause.gene, kinds: ["mutation"] }, signature);
      if (scores === null) continue;
      const { carriers, others } = scores;
      if (carriers.length === 0 || others.length === 0) continue;
      const weight = (carriers.length * others.length) / (carriers.length + others.length);
      const move = mean(carriers) - mean(others);
      sum += weight * (direction === "up" ? move : -move);
      weights += weight;
    }
    return weights === 0
      ? missing("no driver mutation of known effect is carried by some patients and not by others")
      : computed(sum / weights);
  },
};
