import { pearsonCorrelation } from "@osteon/numerics";
import { computedCorrelation, type Metric } from "./metric.ts";
import { computeMutationFrequencies } from "./mutation-frequencies.ts";

/** Pearson's r over genes of the share of sequenced patients mutated. Source: the seed system's validator. */
export const mutationFrequencyCorrelation: Metric = {
  name: "mutation_frequency_correlation",
  title: "mutation frequencies agree",
  group: "biology",
  unit: "r",
  better: "higher",
  compute: ({ reference, candidate }) =>
    computedCorrelation(
      pearsonCorrelation(
        computeMutationFrequencies(reference.cohort.mutations),
        computeMutationFrequencies(candidate.cohort.mutations),
      ),
      "genes with known frequencies",
    ),
};
