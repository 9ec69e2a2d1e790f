import { correlateFrequencies } from "./frequency-correlation.ts";
import { computeMutationFrequencies } from "./mutation-frequencies.ts";

/** Pearson's r over genes of the share of sequenced patients mutated. Source: the seed system's validator. */
export const mutationFrequencyCorrelation = correlateFrequencies({
  name: "mutation_frequency_correlation",
  title: "mutation frequencies agree",
  over: "genes with known frequencies",
  frequencies: ({ mutations }) => computeMutationFrequencies(mutations),
});
