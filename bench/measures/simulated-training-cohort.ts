import { completePatients, selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { applyFeatures, fitFeatures } from "@osteon/features";

/**
 * Simulated complete patients with the genes that features choose: exactly `patients` × `genes`.
 * More of both are simulated, since some are missing and some genes are not worth modelling.
 */
export function simulateTrainingCohort(patients: number, genes: number, seed: number): Cohort {
  const { cohort } = simulateDemonstrationCohort({
    patients: Math.ceil(patients * 1.2) + 20,
    genes: Math.ceil(genes * 1.05) + 20,
    seed,
  });
  const rows = completePatients(cohort, ["survival", "age", "metastasis", "mutations", "expression"]);
  const complete = selectPatients(cohort, rows.slice(0, patients));
  const chosen = applyFeatures(fitFeatures(complete, { maximumExpressionGenes: genes }), complete);
  if (chosen.patientIds.length !== patients || chosen.expression.genes.length !== genes) {
    throw new Error(`simulated ${chosen.patientIds.length} × ${chosen.expression.genes.length}`);
  }
  return chosen;
}
