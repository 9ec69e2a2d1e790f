import type { Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import type { GeneSet } from "../pathways/gene-set.ts";
import { driverCopyNumberGenes, driverMutationGenes } from "./driver-genes.ts";
import type { FeatureState } from "./feature-state.ts";

/** Genes to model that were named without looking at the patients. */
export interface GenePanel {
  readonly mutationGenes: readonly string[];
  readonly copyNumberGenes: readonly string[];
  readonly expressionGenes: readonly string[];
}

/** The curated osteosarcoma drivers: their alterations, and the expression of all of them. */
export const driverPanel: GenePanel = {
  mutationGenes: driverMutationGenes,
  copyNumberGenes: driverCopyNumberGenes,
  expressionGenes: [...new Set([...driverMutationGenes, ...driverCopyNumberGenes])],
};

/**
 * A panel of gene sets: those named `mutations` and `copy_number` are the genes of these tables, the genes of all
 * others are the expression. A table without a set has no genes.
 */
export function panelOfGeneSets(sets: readonly GeneSet[]): GenePanel {
  const named = (name: string) => sets.find((set) => set.name === name)?.genes ?? [];
  const others = sets.filter(({ name }) => name !== "mutations" && name !== "copy_number");
  return {
    mutationGenes: named("mutations"),
    copyNumberGenes: named("copy_number"),
    expressionGenes: [...new Set(others.flatMap(({ genes }) => genes))],
  };
}

/**
 * The genes of a panel as features, without a look at a patient's values: of copy number and expression those that the
 * cohort's tables have a column of, however few patients have a value there; of mutations all, as a mutation table
 * lists genes with calls only.
 *
 * @throws `features.panel-not-measured` where fewer than two genes of the panel have expression
 */
export function applyPanel(panel: GenePanel, { mutations, copyNumber, expression }: Cohort): FeatureState {
  const measured = (genes: readonly string[], columns: readonly string[]) => {
    const known = new Set(columns);
    return genes.filter((gene) => known.has(gene)).toSorted();
  };
  const expressionGenes = measured(panel.expressionGenes, expression.genes);
  if (expressionGenes.length < 2) {
    const parameters = { named: panel.expressionGenes.length, measured: expressionGenes.length };
    throw osteonError("features.panel-not-measured", parameters);
  }
  return {
    formatVersion: 1,
    mutationGenes: mutations.genes.length === 0 ? [] : panel.mutationGenes.toSorted(),
    copyNumberGenes: measured(panel.copyNumberGenes, copyNumber.genes),
    expressionGenes,
    expressionUnit: expression.unit,
    excludedExpressionGenes: { tooFewMeasured: 0, constant: 0, overMaximum: 0 },
    excludedMutationGenes: 0,
  };
}
