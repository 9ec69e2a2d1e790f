import type { ExpressionTable } from "@osteon/cohort";
import { noFloor, QuantileTableFitter, quantileTableLatent, tableWidth, type LatentGrid } from "./quantile-table.ts";

/** Marginal distributions of the genes' expression. */
export interface ExpressionMarginals {
  readonly genes: readonly string[];
  readonly grid: LatentGrid;
  /** One quantile table a gene, gene-major. */
  readonly tables: Float32Array;
  /** Standard deviation of each gene's latents in the cohort fitted; less than 1 where values are tied. */
  readonly latentDeviations: Float64Array;
}

/** Fits the tables of all genes; that of a gene measured in no patient stays empty. */
export function fitExpressionMarginals(expression: ExpressionTable, grid: LatentGrid): ExpressionMarginals {
  const geneCount = expression.genes.length;
  const width = tableWidth(grid);
  const lowest = expression.unit === "z-score" ? noFloor : 0;
  const fitter = new QuantileTableFitter(grid);
  const tables = new Float32Array(geneCount * width);
  const latentDeviations = new Float64Array(geneCount);
  const measured = new Float64Array(geneCount === 0 ? 0 : expression.values.length / geneCount);
  for (let j = 0; j < geneCount; j++) {
    let count = 0;
    for (let at = j; at < expression.values.length; at += geneCount) {
      const value = expression.values[at]!;
      if (!Number.isNaN(value)) measured[count++] = value;
    }
    if (count === 0) {
      latentDeviations[j] = 1;
      continue;
    }
    const sorted = measured.subarray(0, count).sort();
    const table = tables.subarray(j * width, (j + 1) * width);
    fitter.fit(sorted, table, lowest);
    let sumOfSquares = 0;
    for (const value of sorted) sumOfSquares += quantileTableLatent(table, 0, grid, value) ** 2;
    latentDeviations[j] = Math.sqrt(sumOfSquares / count) || 1;
  }
  return { genes: expression.genes, grid, tables, latentDeviations };
}

/** Latents of an expression table in standard units, patients in rows, row-major; NaN where not measured. */
export function latentsOfExpression(expression: ExpressionTable, marginals: ExpressionMarginals): Float32Array {
  const { tables, grid, latentDeviations } = marginals;
  const width = tableWidth(grid);
  const geneCount = expression.genes.length;
  const latents = new Float32Array(expression.values.length);
  for (let at = 0; at < latents.length; at++) {
    const j = at % geneCount;
    const value = expression.values[at]!;
    latents[at] = Number.isNaN(value)
      ? NaN
      : quantileTableLatent(tables, j * width, grid, value) / latentDeviations[j]!;
  }
  return latents;
}
