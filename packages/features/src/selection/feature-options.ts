import { osteonError } from "@osteon/errors";
import { driverCopyNumberGenes, driverMutationGenes } from "./driver-genes.ts";
import type { FeatureOptions } from "./feature-state.ts";

/**
 * Fills in the defaults: 3 mutated patients, 100 mutated genes, measured in 80 %, 5,000 genes, curated drivers.
 *
 * @throws features.option where a number is out of its range
 */
export function resolveFeatureOptions(options: FeatureOptions): Required<FeatureOptions> {
  const resolved = {
    minimumMutatedPatients: options.minimumMutatedPatients ?? 3,
    maximumMutationGenes: options.maximumMutationGenes ?? 100,
    minimumMeasuredShare: options.minimumMeasuredShare ?? 0.8,
    maximumExpressionGenes: options.maximumExpressionGenes ?? 5000,
    driverMutationGenes: options.driverMutationGenes ?? driverMutationGenes,
    driverCopyNumberGenes: options.driverCopyNumberGenes ?? driverCopyNumberGenes,
  };
  for (const option of ["minimumMutatedPatients", "maximumMutationGenes", "maximumExpressionGenes"] as const) {
    const actual = resolved[option];
    if (!Number.isInteger(actual) || actual < 1) {
      throw osteonError("features.option", { option, actual, allowed: "a whole number from 1 on" });
    }
  }
  const share = resolved.minimumMeasuredShare;
  if (!(share > 0 && share <= 1)) {
    throw osteonError("features.option", {
      option: "minimumMeasuredShare",
      actual: share,
      allowed: "a share above 0 and at most 1",
    });
  }
  return resolved;
}
