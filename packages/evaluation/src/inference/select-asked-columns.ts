import type { Cohort } from "@osteon/cohort";
import { applyFeatures } from "@osteon/features";
import { commonMutations } from "./standard-estimands.ts";

/** Expression genes that are asked about: enough to average over, few enough that a refit takes moments. */
const genesAsked = 20;

/**
 * The patients with the columns that the standard questions ask about: clinical variables, the mutations most often
 * seen, and twenty expression genes at equal distances in the table's order. Models of many bootstrap samples can be
 * fitted to these where fitting all genes as often would take too long.
 */
export function selectAskedColumns(cohort: Cohort): Cohort {
  const { genes, unit } = cohort.expression;
  const asked = Math.min(genesAsked, genes.length);
  return applyFeatures(
    {
      mutationGenes: commonMutations(cohort),
      copyNumberGenes: [],
      expressionGenes: Array.from({ length: asked }, (_, k) => genes[Math.floor((k * genes.length) / asked)]!),
      expressionUnit: unit,
    },
    cohort,
  );
}
