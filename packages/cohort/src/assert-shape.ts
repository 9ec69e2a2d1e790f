import { osteonError } from "@osteon/errors";
import { COPY_NUMBER_UNKNOWN, UNKNOWN, type Cohort } from "./cohort.ts";

/**
 * Checks that the tables of a cohort agree: one row a patient, as many values as rows × genes, patient
 * ids and genes without repeats, every code one that the types name.
 *
 * @throws `cohort.shape`, `cohort.value`
 */
export function assertCohortShape(cohort: Cohort): void {
  const patients = cohort.patientIds.length;
  assertCount("distinct patient id", new Set(cohort.patientIds).size, patients);
  const { clinical } = cohort;
  assertCount("survival time", clinical.survivalTimeDays.length, patients);
  assertCount("age", clinical.ageYears.length, patients);
  assertCount("necrosis", clinical.necrosisPercent.length, patients);
  for (const [table, values] of [
    ["event", clinical.event],
    ["metastasis", clinical.metastasis],
    ["sex", clinical.male],
  ] as const) {
    assertCount(table, values.length, patients);
    assertCodes(table, values, isBinaryCode, "−1, 0 or 1");
  }
  if (cohort.batch !== undefined) {
    assertCount("batch", cohort.batch.length, patients);
    assertCodes("batch", cohort.batch, (code) => code >= UNKNOWN, "−1 or more");
  }
  for (const [table, { genes, values }] of [
    ["mutation", cohort.mutations],
    ["copy-number", cohort.copyNumber],
    ["expression", cohort.expression],
  ] as const) {
    assertCount(`distinct ${table} gene`, new Set(genes).size, genes.length);
    assertCount(table, values.length, patients * genes.length);
  }
  assertCodes("mutation", cohort.mutations.values, isBinaryCode, "−1, 0 or 1");
  assertCodes("copy-number", cohort.copyNumber.values, isCopyNumberCode, "−128 or −2 to 2");
}

function isBinaryCode(code: number): boolean {
  return code === 0 || code === 1 || code === UNKNOWN;
}

function isCopyNumberCode(code: number): boolean {
  return (code >= -2 && code <= 2) || code === COPY_NUMBER_UNKNOWN;
}

function assertCount(table: string, actual: number, expected: number): void {
  if (actual !== expected) throw osteonError("cohort.shape", { table, actual, expected });
}

function assertCodes(
  table: string,
  values: Int8Array | Int16Array,
  isAllowed: (code: number) => boolean,
  allowed: string,
): void {
  let count = 0;
  for (const value of values) if (!isAllowed(value)) count++;
  if (count > 0) throw osteonError("cohort.value", { table, count, allowed });
}
