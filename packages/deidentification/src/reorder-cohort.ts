import type { Cohort } from "@osteon/cohort";

type Row = Float64Array | Float32Array | Int16Array | Int8Array;

/** The cohort with patient `order[i]` in row i. Every other value is copied as it is. */
export function reorderCohort(cohort: Cohort, order: readonly number[]): Cohort {
  const { clinical, mutations, copyNumber, expression } = cohort;
  return {
    ...cohort,
    patientIds: order.map((from) => cohort.patientIds[from]!),
    clinical: {
      survivalTimeDays: reorderRows(clinical.survivalTimeDays, order, 1),
      event: reorderRows(clinical.event, order, 1),
      ageYears: reorderRows(clinical.ageYears, order, 1),
      metastasis: reorderRows(clinical.metastasis, order, 1),
      male: reorderRows(clinical.male, order, 1),
      necrosisPercent: reorderRows(clinical.necrosisPercent, order, 1),
    },
    mutations: { ...mutations, values: reorderRows(mutations.values, order, mutations.genes.length) },
    copyNumber: { ...copyNumber, values: reorderRows(copyNumber.values, order, copyNumber.genes.length) },
    expression: { ...expression, values: reorderRows(expression.values, order, expression.genes.length) },
    ...(cohort.batch && { batch: reorderRows(cohort.batch, order, 1) }),
  };
}

function reorderRows<T extends Row>(values: T, order: readonly number[], width: number): T {
  const result = new (values.constructor as new (length: number) => T)(order.length * width);
  order.forEach((from, to) => result.set(values.subarray(from * width, (from + 1) * width), to * width));
  return result;
}
