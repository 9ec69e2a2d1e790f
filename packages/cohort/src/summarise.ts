import type { Cohort, ExpressionUnit } from "./cohort.ts";
import { completePatients } from "./complete-patients.ts";

/** Counts only: safe to print and to log. */
export interface CohortSummary {
  readonly simulated: boolean;
  readonly patients: number;
  readonly deaths: number;
  readonly censored: number;
  readonly survivalUnknown: number;
  readonly metastatic: number;
  readonly notMetastatic: number;
  readonly metastasisUnknown: number;
  readonly ageKnown: number;
  readonly sequenced: number;
  readonly withCopyNumber: number;
  readonly withExpression: number;
  /** Patients with survival, age, metastasis, mutations and expression. */
  readonly complete: number;
  readonly mutationGenes: number;
  readonly copyNumberGenes: number;
  readonly expressionGenes: number;
  readonly expressionUnit: ExpressionUnit;
}

/** Counts what a cohort holds. A death counts where its day is known too. */
export function summariseCohort(cohort: Cohort): CohortSummary {
  const { clinical } = cohort;
  const followed = completePatients(cohort, ["survival"]);
  return {
    simulated: cohort.simulated,
    patients: cohort.patientIds.length,
    deaths: followed.filter((row) => clinical.event[row] === 1).length,
    censored: followed.filter((row) => clinical.event[row] === 0).length,
    survivalUnknown: cohort.patientIds.length - followed.length,
    metastatic: countCode(clinical.metastasis, 1),
    notMetastatic: countCode(clinical.metastasis, 0),
    metastasisUnknown: countCode(clinical.metastasis, -1),
    ageKnown: completePatients(cohort, ["age"]).length,
    sequenced: completePatients(cohort, ["mutations"]).length,
    withCopyNumber: completePatients(cohort, ["copyNumber"]).length,
    withExpression: completePatients(cohort, ["expression"]).length,
    complete: completePatients(cohort, ["survival", "age", "metastasis", "mutations", "expression"]).length,
    mutationGenes: cohort.mutations.genes.length,
    copyNumberGenes: cohort.copyNumber.genes.length,
    expressionGenes: cohort.expression.genes.length,
    expressionUnit: cohort.expression.unit,
  };
}

function countCode(values: Int8Array, code: number): number {
  return values.reduce((count, value) => count + (value === code ? 1 : 0), 0);
}
