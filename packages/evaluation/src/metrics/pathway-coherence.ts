import { pearsonCorrelation } from "@osteon/numerics";
import { computed, computedCorrelation, missing, type Metric } from "./metric.ts";

/** Pearson's r over all sets of ≥ 5 measured genes of the mean within-set gene correlation. */
export const pathwayCoherenceCorrelation: Metric = {
  name: "pathway_coherence_correlation",
  title: "the same pathways hold together",
  group: "biology",
  unit: "r",
  better: "higher",
  compute: ({ reference, candidate }) =>
    computedCorrelation(
      pearsonCorrelation(reference.setCoherences, candidate.setCoherences),
      "gene sets of 5 measured genes",
    ),
};

/** Mean over the same sets of the absolute difference in within-set gene correlation. */
export const pathwayCoherenceDifference: Metric = {
  name: "pathway_coherence_difference",
  title: "pathways hold together as much",
  group: "biology",
  unit: "|Δr|",
  better: "lower",
  compute: ({ reference, candidate }) => {
    const real = reference.setCoherences;
    if (real.length === 0) return missing("no gene set has 5 measured genes");
    const other = candidate.setCoherences;
    return computed(real.reduce((sum, value, set) => sum + Math.abs(value - other[set]!), 0) / real.length);
  },
};
