import type { EvaluationCohort } from "../input/evaluation-cohort.ts";
import type { Estimand } from "./estimand.ts";
import { meanExpression, mutationEffect, mutationFrequency } from "./gene-estimands.ts";
import { metastasisHazard, survivalAt } from "./survival-estimands.ts";

const daysAsked = [731, 1826];
/** With fewer mutated patients than this neither frequency nor effect is an estimate worth having. */
const fewestMutated = 5;
const mostMutations = 5;
/** Mutations whose effect on expression is asked for; an effect has the noise of its smaller group. */
const mutationsWithEffect = 2;

/**
 * The questions by which a model of this cohort is valued: hazard ratio of metastasis, survival at two and five years,
 * frequencies of the five genes most often mutated, means of the expression genes given, and the effects of the two
 * most often mutated genes on them.
 */
export function listStandardEstimands(cohort: EvaluationCohort): readonly Estimand[] {
  const mutated = commonMutations(cohort);
  const { genes } = cohort.expression;
  return [
    metastasisHazard,
    ...daysAsked.map(survivalAt),
    ...mutated.map(mutationFrequency),
    ...genes.map(meanExpression),
    ...mutated.slice(0, mutationsWithEffect).flatMap((gene) => genes.map((other) => mutationEffect(gene, other))),
  ];
}

/** Genes mutated in at least five patients, the commonest first, at most five. */
export function commonMutations({ mutations: { genes, values } }: EvaluationCohort): string[] {
  const counts = new Uint32Array(genes.length);
  values.forEach((code, at) => {
    if (code === 1) counts[at % genes.length]!++;
  });
  return genes
    .map((gene, column) => ({ gene, count: counts[column]! }))
    .filter(({ count }) => count >= fewestMutated)
    .sort((a, b) => b.count - a.count)
    .slice(0, mostMutations)
    .map(({ gene }) => gene);
}
