import { readAlteration } from "../biology/alteration.ts";
import { averageSignature } from "../biology/average-signature.ts";
import { knownExpressionEffects } from "../biology/expression-effects.ts";
import type { KnownLink } from "./known-link.ts";

/**
 * Size of the known effects of driver mutations on expression: difference of the signature's mean between mutated
 * and other patients in the known direction, in deviations of the real patients' signature genes, each effect
 * weighted by n₁ n₀ / (n₁ + n₀), which is its precision.
 */
export const mutationLink: KnownLink = {
  name: "mutation_tumour_link",
  title: "driver mutations have their known effects on expression",
  prepare: (input) => {
    const effects = knownExpressionEffects.flatMap(({ cause, direction, signature }) => {
      if (!cause.kinds.includes("mutation")) return [];
      const states = readAlteration(input.cohort, { gene: cause.gene, kinds: ["mutation"] });
      const scores = averageSignature(input, signature);
      return states === null || scores === null ? [] : [{ states, scores, sign: direction === "up" ? 1 : -1 }];
    });
    if (effects.length === 0) return null;
    return (order) => {
      let sum = 0;
      let weights = 0;
      for (const { states, scores, sign } of effects) {
        const { carriers, others, difference } = compareCarriers(states, scores, order);
        if (carriers === 0 || others === 0) continue;
        const weight = (carriers * others) / (carriers + others);
        sum += sign * weight * difference;
        weights += weight;
      }
      return weights === 0 ? null : sum / weights;
    };
  },
};

/** Carriers' mean score less the others', among the patients in whom both are known. */
function compareCarriers(states: Int8Array, scores: Float64Array, order: ArrayLike<number>) {
  const counts: [others: number, carriers: number] = [0, 0];
  const sums: [others: number, carriers: number] = [0, 0];
  scores.forEach((score, i) => {
    const state = states[order[i]!]!;
    if ((state !== 0 && state !== 1) || Number.isNaN(score)) return;
    counts[state]++;
    sums[state] += score;
  });
  const [others, carriers] = counts;
  return { carriers, others, difference: sums[1] / carriers - sums[0] / others };
}
