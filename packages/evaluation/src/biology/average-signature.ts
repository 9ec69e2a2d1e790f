import { mean } from "@osteon/numerics";
import type { EvaluationInput } from "../input/evaluation-input.ts";

const minimumGenes = 3;

/** By patient, the mean scaled expression of measured signature genes; NaN, or null for all, where fewer than three are. */
export function averageSignature(input: EvaluationInput, signature: readonly string[]): Float64Array | null {
  const { genes } = input.cohort.expression;
  const columns = signature.map((gene) => genes.indexOf(gene)).filter((column) => column >= 0);
  if (columns.length < minimumGenes) return null;
  return Float64Array.from({ length: input.patientCount }, (_, i) => {
    const known = columns
      .map((column) => input.scaledExpression[i * genes.length + column]!)
      .filter((value) => !Number.isNaN(value));
    return known.length < minimumGenes ? Number.NaN : mean(known);
  });
}
