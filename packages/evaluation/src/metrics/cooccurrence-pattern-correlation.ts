import type { MutationTable } from "@osteon/cohort";
import { correlateAllPairs, prepareProfiles } from "../input/correlation-profiles.ts";
import { correlatePatterns } from "./pattern-correlation.ts";

/**
 * Pearson's r over gene pairs of the phi coefficient of their mutations: are the same genes mutated
 * together? Phi, not the joint frequency, because the latter follows from the single frequencies even
 * where genes are independent. Pairs that do not vary among the reference patients are left out; a
 * pair that does not vary in the candidate only has phi 0 there. Source: the seed system's validator.
 */
export const cooccurrencePatternCorrelation = correlatePatterns({
  name: "cooccurrence_pattern_correlation",
  title: "mutations co-occur as they do",
  over: "gene pairs that vary",
  associations: ({ cohort }) => computePhiCoefficients(cohort.mutations),
});

/** Phi of all gene pairs over patients with both known; NaN where a gene does not vary. */
function computePhiCoefficients(table: MutationTable): Float32Array {
  const values = Float32Array.from(table.values, (value) => (value < 0 ? Number.NaN : value));
  return correlateAllPairs(
    prepareProfiles(
      values,
      table.genes.length,
      Uint32Array.from(table.genes, (_, j) => j),
    ),
  );
}
