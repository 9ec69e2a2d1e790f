import { COPY_NUMBER_UNKNOWN, UNKNOWN, type Cohort } from "./cohort.ts";

/** A part of a patient's record that an analysis may need. */
export type CohortPart = "survival" | "age" | "metastasis" | "mutations" | "copyNumber" | "expression";

/**
 * Rows of the patients who have every part asked for, ascending. `survival` means both time and event.
 * A table counts as there when at least one of the patient's values is known, so a few unmeasured genes
 * leave a patient complete, and a modality that the cohort lacks leaves none.
 */
export function completePatients(cohort: Cohort, required: readonly CohortPart[]): number[] {
  return [...cohort.patientIds.keys()].filter((row) => required.every((part) => hasPart(cohort, part, row)));
}

/** Whether the patient in a row has a part of the record. */
export function hasPart(cohort: Cohort, part: CohortPart, row: number): boolean {
  const { clinical, mutations, copyNumber, expression } = cohort;
  switch (part) {
    case "survival":
      return !Number.isNaN(clinical.survivalTimeDays[row]!) && clinical.event[row] !== UNKNOWN;
    case "age":
      return !Number.isNaN(clinical.ageYears[row]!);
    case "metastasis":
      return clinical.metastasis[row] !== UNKNOWN;
    case "mutations":
      return someKnown(mutations.values, mutations.genes.length, row, (code) => code !== UNKNOWN);
    case "copyNumber":
      return someKnown(copyNumber.values, copyNumber.genes.length, row, (code) => code !== COPY_NUMBER_UNKNOWN);
    case "expression":
      return someKnown(expression.values, expression.genes.length, row, (value) => !Number.isNaN(value));
  }
}

function someKnown(
  values: ArrayLike<number>,
  width: number,
  row: number,
  isKnown: (value: number) => boolean,
): boolean {
  for (let k = row * width; k < (row + 1) * width; k++) if (isKnown(values[k]!)) return true;
  return false;
}
