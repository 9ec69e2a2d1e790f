import type { Cohort } from "@osteon/cohort";
import { createPathwayScorer, type GeneSet } from "@osteon/features";
import { createDistributionVariable } from "./distribution-variable.ts";
import type { DriftVariable } from "./drift-variable.ts";

/**
 * Scores of gene sets over the genes that both cohorts measure: within-sample ranks, so that what a laboratory
 * does to all genes alike is not seen. None where the cohorts' units differ.
 */
export function listPathwayVariables(
  reference: Cohort,
  current: Cohort,
  geneSets: readonly GeneSet[],
): (DriftVariable | undefined)[] {
  if (reference.expression.unit !== current.expression.unit) return [];
  const later = new Set(current.expression.genes);
  const shared = reference.expression.genes.filter((gene) => later.has(gene));
  const scorer = createPathwayScorer(shared, geneSets);
  const tables = [reference, current].map((cohort) => scorer.scoreTable(takeGenes(cohort, shared)));
  return scorer.names.map((name, set) => {
    const values = tables.flatMap((table) => [...table.values].filter((_, at) => at % scorer.names.length === set));
    return createDistributionVariable(`score of ${name}`, "pathways", Float64Array.from(values));
  });
}

/** A cohort's expression of the given genes in their order; NaN of a gene that it does not list. */
export function takeGenes({ patientIds, expression }: Cohort, genes: readonly string[]): Cohort["expression"] {
  const placeOf = new Map(expression.genes.map((gene, j) => [gene, j]));
  const places = genes.map((gene) => placeOf.get(gene) ?? -1);
  const width = expression.genes.length;
  const values = new Float32Array(patientIds.length * genes.length).fill(Number.NaN);
  for (let row = 0; row < patientIds.length; row++) {
    places.forEach((place, j) => {
      if (place >= 0) values[row * genes.length + j] = expression.values[row * width + place]!;
    });
  }
  return { genes, unit: expression.unit, values };
}
