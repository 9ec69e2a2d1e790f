import type { ClinicalTable } from "@osteon/cohort";

/** Rows whose survival time and event are both known. */
export function rowsOfKnownSurvival(clinical: ClinicalTable): number[] {
  return Array.from(clinical.event.keys()).filter(
    (row) => clinical.event[row]! >= 0 && clinical.survivalTimeDays[row]! >= 0,
  );
}

/** Times and events of the given rows, as the survival package takes them. */
export function takeSurvival(clinical: ClinicalTable, rows: readonly number[]) {
  return {
    timesDays: Float64Array.from(rows, (row) => clinical.survivalTimeDays[row]!),
    events: Int8Array.from(rows, (row) => clinical.event[row]!),
  };
}
