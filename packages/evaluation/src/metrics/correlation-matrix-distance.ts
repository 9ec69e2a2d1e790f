import { alignPairs } from "./align-pairs.ts";
import { computed, missing, type Metric } from "./metric.ts";

/**
 * 1 − tr(R₁ R₂) / (‖R₁‖ ‖R₂‖) of the two gene correlation matrices: 0 for the same, 1 for those without anything
 * in common. Unlike the correlation of their entries, it sees correlations that are all too weak or too
 * strong. Source: Herdin et al. 2005, IEEE VTC 61:136.
 */
export const correlationMatrixDistance: Metric = {
  name: "correlation_matrix_distance",
  title: "genes move together as much",
  group: "distribution",
  unit: "distance",
  better: "lower",
  compute: ({ reference, candidate }) => {
    const pairs = alignPairs(reference.geneCorrelations, candidate.geneCorrelations);
    const size = reference.panel.correlationColumns.length;
    let products = 0;
    let real = 0;
    let other = 0;
    let known = 0;
    pairs.reference.forEach((value, k) => {
      if (Number.isNaN(value)) return;
      known++;
      products += value * pairs.candidate[k]!;
      real += value * value;
      other += pairs.candidate[k]! ** 2;
    });
    if (known === 0) return missing("no two genes vary among the real patients");
    // Each pair stands twice in its matrix, beside the diagonal of ones.
    return computed(1 - (size + 2 * products) / Math.sqrt((size + 2 * real) * (size + 2 * other)));
  },
};
