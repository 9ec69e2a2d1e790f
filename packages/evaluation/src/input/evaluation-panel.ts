import { createPathwayScorer, type GeneSet, type PathwayScorer } from "@osteon/features";
import { RandomStream, streamId } from "@osteon/numerics";
import type { EvaluationCohort } from "./evaluation-cohort.ts";

/** A set and the expression columns of its measured genes. */
export interface MeasuredSet {
  readonly name: string;
  readonly columns: Uint32Array;
}

/**
 * What all comparisons of one validation share, so that no file is measured on its own scale:
 * the real patients' means and deviations, the genes that correlations are taken over, the sets.
 */
export interface EvaluationPanel {
  /**
   * Mean and standard deviation of each expression gene among all real patients, deviation 1 if it has none.
   * Those of the training patients alone would put them nearer to the centre than held-out ones, and so
   * make any file look as if it remembered them.
   */
  readonly expressionMeans: Float64Array;
  readonly expressionDeviations: Float64Array;
  /** Expression columns whose correlations are compared, ascending. */
  readonly correlationColumns: Uint32Array;
  /** Every set with at least 5 measured genes. */
  readonly measuredSets: readonly MeasuredSet[];
  readonly scorer: PathwayScorer;
}

/** Enough gene pairs (44,850) that their number adds no noise beside that of the patients. */
const maximumCorrelationGenes = 300;
const minimumSetGenes = 5;

/** @param seed chooses the genes of the correlation matrix where there are more than 300 */
export function createEvaluationPanel(
  train: EvaluationCohort,
  holdOut: EvaluationCohort,
  geneSets: readonly GeneSet[],
  seed: number,
): EvaluationPanel {
  const { genes } = train.expression;
  const columnOf = new Map(genes.map((gene, j) => [gene, j]));
  const measuredSets = geneSets
    .map(({ name, genes: members }) => ({
      name,
      columns: Uint32Array.from([...new Set(members)].flatMap((gene) => columnOf.get(gene) ?? [])),
    }))
    .filter(({ columns }) => columns.length >= minimumSetGenes);
  const order = new RandomStream(seed, streamId("evaluation/correlation-genes")).permutation(genes.length);
  return {
    ...describeExpression([train, holdOut]),
    correlationColumns: order.slice(0, maximumCorrelationGenes).sort(),
    measuredSets,
    scorer: createPathwayScorer(genes, geneSets, { minimumGenes: minimumSetGenes }),
  };
}

function describeExpression(cohorts: readonly [EvaluationCohort, ...EvaluationCohort[]]) {
  const width = cohorts[0].expression.genes.length;
  const means = new Float64Array(width);
  const squares = new Float64Array(width);
  const counts = new Uint32Array(width);
  // Welford's updates.
  for (const { expression } of cohorts) {
    for (let k = 0; k < expression.values.length; k++) {
      const value = expression.values[k]!;
      if (Number.isNaN(value)) continue;
      const j = k % width;
      const step = value - means[j]!;
      means[j]! += step / ++counts[j]!;
      squares[j]! += step * (value - means[j]!);
    }
  }
  const expressionDeviations = squares.map((sum, j) => (sum > 0 ? Math.sqrt(sum / (counts[j]! - 1)) : 1));
  return { expressionMeans: means, expressionDeviations };
}
