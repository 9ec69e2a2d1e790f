import type { ExpressionTable } from "@osteon/cohort";
import { padGenes, type ExpressionWeights } from "./expression-decoder.ts";
import type { ExpressionLoadings } from "./loadings.ts";

/** The genes' part of a model in the form that is stored and sampled from. */
export function packExpression(
  { genes, unit }: ExpressionTable,
  { tables, grid }: Pick<ExpressionWeights, "tables" | "grid">,
  { weights, rank, noiseDeviations }: ExpressionLoadings,
  anchors: number,
): ExpressionWeights {
  const padded = padGenes(genes.length);
  const packed = new Float32Array((anchors + rank) * padded);
  for (let row = 0; row < anchors + rank; row++) {
    packed.set(weights.subarray(row * genes.length, (row + 1) * genes.length), row * padded);
  }
  const deviations = new Float32Array(padded);
  deviations.set(noiseDeviations);
  return { genes, unit, grid, rank, weights: packed, noiseDeviations: deviations, tables };
}
