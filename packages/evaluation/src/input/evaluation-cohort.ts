import type { ClinicalTable, Cohort } from "@osteon/cohort";

/** What is compared of a cohort: its four tables, without who is in it. */
export type EvaluationCohort = Pick<Cohort, "clinical" | "mutations" | "copyNumber" | "expression">;

/** Number of patients in the tables. */
export function countPatients(cohort: EvaluationCohort): number {
  return cohort.clinical.survivalTimeDays.length;
}

/** The patients of the given rows, in that order. Unlike a Cohort's, rows may repeat: a photocopy's do. */
export function takePatients(cohort: EvaluationCohort, rows: ArrayLike<number>): EvaluationCohort {
  const { clinical, mutations, copyNumber, expression } = cohort;
  const taken: { [K in keyof ClinicalTable]: ClinicalTable[K] } = {
    survivalTimeDays: takeRows(clinical.survivalTimeDays, new Float64Array(rows.length), rows),
    event: takeRows(clinical.event, new Int8Array(rows.length), rows),
    ageYears: takeRows(clinical.ageYears, new Float64Array(rows.length), rows),
    metastasis: takeRows(clinical.metastasis, new Int8Array(rows.length), rows),
    male: takeRows(clinical.male, new Int8Array(rows.length), rows),
    necrosisPercent: takeRows(clinical.necrosisPercent, new Float64Array(rows.length), rows),
  };
  return {
    clinical: taken,
    mutations: {
      genes: mutations.genes,
      values: takeRows(mutations.values, new Int8Array(rows.length * mutations.genes.length), rows),
    },
    copyNumber: {
      genes: copyNumber.genes,
      values: takeRows(copyNumber.values, new Int8Array(rows.length * copyNumber.genes.length), rows),
    },
    expression: {
      genes: expression.genes,
      unit: expression.unit,
      values: takeRows(expression.values, new Float32Array(rows.length * expression.genes.length), rows),
    },
  };
}

function takeRows<T extends Float64Array | Float32Array | Int8Array>(source: T, target: T, rows: ArrayLike<number>): T {
  const width = rows.length === 0 ? 0 : target.length / rows.length;
  for (let i = 0; i < rows.length; i++) {
    target.set(source.subarray(rows[i]! * width, (rows[i]! + 1) * width), i * width);
  }
  return target;
}
