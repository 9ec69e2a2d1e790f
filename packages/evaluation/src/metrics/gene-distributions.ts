import { kolmogorovSmirnovDistance, wassersteinDistance } from "@osteon/numerics";
import type { Comparison } from "../input/comparison.ts";
import { computed, missing, type Metric, type MetricValue } from "./metric.ts";

/** Mean over genes of Kolmogorov and Smirnov's distance. Source: the seed system's validator. */
export const geneKolmogorovSmirnov: Metric = {
  name: "kolmogorov_smirnov",
  title: "each gene's distribution, largest gap",
  group: "distribution",
  unit: "distance",
  better: "lower",
  compute: (comparison) => averageOverGenes(comparison, kolmogorovSmirnovDistance),
};

/** Mean over genes of the Wasserstein-1 distance, in deviations of the real patients. Source: the seed system's validator. */
export const geneWasserstein: Metric = {
  name: "wasserstein",
  title: "each gene's distribution, earth moved",
  group: "distribution",
  unit: "SD",
  better: "lower",
  compute: (comparison) => averageOverGenes(comparison, wassersteinDistance),
};

function averageOverGenes(
  { reference, candidate }: Comparison,
  distance: (x: Float32Array, y: Float32Array) => number,
): MetricValue {
  let sum = 0;
  let count = 0;
  reference.sortedExpression.forEach((values, gene) => {
    const others = candidate.sortedExpression[gene]!;
    if (values.length === 0 || others.length === 0) return;
    sum += distance(values, others);
    count++;
  });
  return count === 0 ? missing("no expression gene is measured in both") : computed(sum / count);
}
