import type { ExpressionUnit } from "@osteon/cohort";
import type { Synthesiser } from "@osteon/generator";

/** The names that a model's patients have values of, and the unit of their expression. */
export interface ModelVocabulary {
  readonly mutations: readonly string[];
  readonly copy_number: readonly string[];
  readonly expression: readonly string[];
  readonly pathways: readonly string[];
  readonly expressionUnit: ExpressionUnit;
}

/** Reads the names off a cohort of no patients. */
export async function readVocabulary(synthesiser: Synthesiser): Promise<ModelVocabulary> {
  const { cohort, pathways } = await synthesiser.generate({ conditions: {}, seed: 0, firstIndex: 0, count: 0 });
  return {
    mutations: cohort.mutations.genes,
    copy_number: cohort.copyNumber.genes,
    expression: cohort.expression.genes,
    pathways: pathways.names,
    expressionUnit: cohort.expression.unit,
  };
}
