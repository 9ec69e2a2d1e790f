import type { Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import { resolveFeatureOptions } from "./feature-options.ts";
import type { FeatureOptions, FeatureState } from "./feature-state.ts";
import { selectExpressionGenes } from "./select-expression-genes.ts";
import { selectMutationGenes } from "./select-mutation-genes.ts";

/**
 * Chooses the genes to model from a cohort:
 * - mutations: genes mutated in at least `minimumMutatedPatients`, and the driver genes, which an exome
 *   covers, whether or not anybody here carries them;
 * - copy number: the driver genes that the cohort measures;
 * - expression: genes measured in enough patients, not constant, the most variable ones.
 *
 * The choice does not depend on the order of patients or of genes.
 *
 * @throws features.option, features.no-patients, features.no-expression-gene, features.nothing-selected
 */
export function fitFeatures(cohort: Cohort, options: FeatureOptions = {}): FeatureState {
  const resolved = resolveFeatureOptions(options);
  if (cohort.patientIds.length === 0) throw osteonError("features.no-patients", {});
  const mutations = selectMutationGenes(cohort.mutations, resolved);
  const copyNumberDrivers = new Set(resolved.driverCopyNumberGenes);
  const copyNumberGenes = cohort.copyNumber.genes.filter((gene) => copyNumberDrivers.has(gene)).toSorted(byName);
  const expression = selectExpressionGenes(cohort.expression, cohort.patientIds.length, resolved);
  if (cohort.expression.genes.length > 0 && expression.genes.length === 0) {
    throw osteonError("features.no-expression-gene", {
      total: cohort.expression.genes.length,
      tooFewMeasured: expression.excluded.tooFewMeasured,
      minimumPercent: Math.round(100 * resolved.minimumMeasuredShare),
      constant: expression.excluded.constant,
    });
  }
  if (mutations.genes.length + copyNumberGenes.length + expression.genes.length === 0) {
    throw osteonError("features.nothing-selected", {
      mutationGenes: cohort.mutations.genes.length,
      copyNumberGenes: cohort.copyNumber.genes.length,
      expressionGenes: cohort.expression.genes.length,
    });
  }
  return {
    formatVersion: 1,
    mutationGenes: mutations.genes.toSorted(byName),
    copyNumberGenes,
    expressionGenes: expression.genes.toSorted(byName),
    expressionUnit: cohort.expression.genes.length === 0 ? null : cohort.expression.unit,
    excludedExpressionGenes: expression.excluded,
    excludedMutationGenes: mutations.excluded,
  };
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
