import { createPathwayScorer, type GeneSet, type PathwayScorer } from "@osteon/features";
import { RandomStream, streamId } from "@osteon/numerics";
import { countPatients, type EvaluationCohort } from "./evaluation-cohort.ts";

/** A set and the expression columns of its measured genes. */
export interface MeasuredSet {
  readonly name: string;
  readonly columns: Uint32Array;
}

/**
 * What all comparisons of one validation share, so that no file is measured on its own scale:
 * the training patients' means and deviations, the genes that correlations are taken over, the sets.
 */
export interface EvaluationPanel {
  /** Mean and standard deviation of each expression gene among the training patients; deviation 1 if it has none. */
  readonly expressionMeans: Float64Array;
  readonly expressionDeviations: Float64Array;
  /** Expression columns whose correlations are compared, ascending. */
  readonly correlationColumns: Uint32Array;
  /** Every set with at least 5 measured genes. */
  readonly measuredSets: readonly MeasuredSet[];
  readonly scorer: PathwayScorer;
}

/** Enough gene pairs (79,800) that their number adds no noise beside that of the patients. */
const maximumCorrelationGenes = 400;
const minimumSetGenes = 5;

/** @param seed chooses the genes of the correlation matrix where there are more than 400 */
export function createEvaluationPanel(train: EvaluationCohort, geneSets: readonly GeneSet[], seed: number): EvaluationPanel {
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
    ...describeExpression(train),
    correlationColumns: order.slice(0, maximumCorrelationGenes).sort(),
    measuredSets,
    scorer: createPathwayScorer(genes, geneSets, { minimumGenes: minimumSetGenes }),
  };
}

function describeExpression(train: EvaluationCohort) {
  const width = train.expression.genes.length;
  const expressionMeans = new Float64Array(width);
  const expressionDeviations = new Float64Array(width);
  const rows = countPatients(train);
  for (let j = 0; j < width; j++) {
    let count = 0;
    let mean = 0;
    let squares = 0;
    for (let i = 0; i < rows; i++) {
      const value = train.expression.values[i * width + j]!;
      if (Number.isNaN(value)) continue;
      const step = value - mean;
      mean += step / ++count;
      squares += step * (value - mean);
    }
    expressionMeans[j] = mean;
    expressionDeviations[j] = squares > 0 ? Math.sqrt(squares / (count - 1)) : 1;
  }
  return { expressionMeans, expressionDeviations };
}
