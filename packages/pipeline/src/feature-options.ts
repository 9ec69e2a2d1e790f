import type { Configuration } from "@osteon/contracts";
import type { FeatureOptions } from "@osteon/features";

/** The configured options in the words of the features package. */
export function featureOptions({ features }: Configuration): FeatureOptions {
  return {
    minimumMutatedPatients: features.minimum_mutated_patients,
    minimumMeasuredShare: features.minimum_measured_fraction,
    maximumMutationGenes: features.maximum_mutation_genes,
    maximumExpressionGenes: features.maximum_expression_genes,
  };
}
