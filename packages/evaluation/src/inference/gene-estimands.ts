import { mean, sampleVariance } from "@osteon/numerics";
import type { Estimand } from "./estimand.ts";

/** Share of the sequenced patients in whom the gene is mutated. */
export function mutationFrequency(gene: string): Estimand {
  return {
    name: gene,
    group: "frequency",
    estimate: (cohort) => {
      const codes = columnOf(cohort.mutations, gene).filter((code) => code >= 0);
      const share = codes.filter((code) => code === 1).length / codes.length;
      return share > 0 && share < 1 ? { estimate: share, variance: (share * (1 - share)) / codes.length } : null;
    },
  };
}

/** Mean expression of the gene, in the cohort's unit. */
export function meanExpression(gene: string): Estimand {
  return {
    name: gene,
    group: "mean",
    estimate: (cohort) => {
      const sample = summarise(columnOf(cohort.expression, gene));
      return sample && { estimate: sample.mean, variance: sample.squaredError };
    },
  };
}

/** Mean expression of the gene where another is mutated, less that where it is not (Welch 1947). */
export function mutationEffect(mutated: string, gene: string): Estimand {
  return {
    name: `${mutated} on ${gene}`,
    group: "effect",
    estimate: (cohort) => {
      const codes = columnOf(cohort.mutations, mutated);
      const values = columnOf(cohort.expression, gene);
      const [without, having] = [0, 1].map((code) => summarise(values.filter((_, row) => codes[row] === code)));
      if (!without || !having) return null;
      return { estimate: having.mean - without.mean, variance: having.squaredError + without.squaredError };
    },
  };
}

/** Values of one gene, one a patient; none where the table lacks it. */
function columnOf(table: { genes: readonly string[]; values: ArrayLike<number> }, gene: string): number[] {
  const width = table.genes.length;
  const column = table.genes.indexOf(gene);
  if (column < 0) return [];
  return Array.from({ length: table.values.length / width }, (_, row) => table.values[row * width + column]!);
}

/** Mean of the known values with its squared standard error; null where they do not vary. */
function summarise(values: readonly number[]): { readonly mean: number; readonly squaredError: number } | null {
  const known = values.filter((value) => !Number.isNaN(value));
  const variance = sampleVariance(known);
  return variance > 0 ? { mean: mean(known), squaredError: variance / known.length } : null;
}
