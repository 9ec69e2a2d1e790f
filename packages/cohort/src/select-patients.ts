import { osteonError } from "@osteon/errors";
import type { Cohort } from "./cohort.ts";

/**
 * The patients in the given rows, in that order, as a cohort of its own.
 *
 * @param rows whole numbers of 0 … patients − 1, none twice
 * @throws `cohort.row`
 */
export function selectPatients(cohort: Cohort, rows: ArrayLike<number>): Cohort {
  const patients = cohort.patientIds.length;
  const order = Array.from(rows);
  const distinct = new Set(order.filter((row) => Number.isInteger(row) && row >= 0 && row < patients));
  if (distinct.size !== order.length) {
    throw osteonError("cohort.row", { count: order.length - distinct.size, patients });
  }
  const { clinical, mutations, copyNumber, expression } = cohort;
  return {
    patientIds: order.map((row) => cohort.patientIds[row]!),
    clinical: {
      survivalTimeDays: takeRows(clinical.survivalTimeDays, order, 1, Float64Array),
      event: takeRows(clinical.event, order, 1, Int8Array),
      ageYears: takeRows(clinical.ageYears, order, 1, Float64Array),
      metastasis: takeRows(clinical.metastasis, order, 1, Int8Array),
      male: takeRows(clinical.male, order, 1, Int8Array),
      necrosisPercent: takeRows(clinical.necrosisPercent, order, 1, Float64Array),
    },
    mutations: { ...mutations, values: takeRows(mutations.values, order, mutations.genes.length, Int8Array) },
    copyNumber: { ...copyNumber, values: takeRows(copyNumber.values, order, copyNumber.genes.length, Int8Array) },
    expression: { ...expression, values: takeRows(expression.values, order, expression.genes.length, Float32Array) },
    ...(cohort.batch && { batch: takeRows(cohort.batch, order, 1, Int16Array) }),
    simulated: cohort.simulated,
  };
}

/**
 * The patients with the given ids, in that order; an id listed twice counts once.
 *
 * @throws `cohort.unknown-patient` with the number of ids that the cohort does not hold
 */
export function selectPatientsById(cohort: Cohort, ids: Iterable<string>): Cohort {
  const rowOf = new Map(cohort.patientIds.map((id, row) => [id, row]));
  const rows = [...new Set(ids)].map((id) => rowOf.get(id));
  const found = rows.filter((row) => row !== undefined);
  if (found.length !== rows.length) {
    throw osteonError("cohort.unknown-patient", { count: rows.length - found.length });
  }
  return selectPatients(cohort, found);
}

interface Rows<T> {
  subarray(from: number, to: number): T;
  set(values: T, offset: number): void;
}

function takeRows<T extends Rows<T>>(
  values: T,
  rows: readonly number[],
  width: number,
  constructor: new (length: number) => T,
): T {
  const taken = new constructor(rows.length * width);
  rows.forEach((row, i) => taken.set(values.subarray(row * width, (row + 1) * width), i * width));
  return taken;
}
