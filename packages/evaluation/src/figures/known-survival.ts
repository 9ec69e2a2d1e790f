import type { ClinicalTable } from "@osteon/cohort";

/** Times, events and rows of the patients with known survival who are wanted. */
export function takeKnownSurvival(
  clinical: ClinicalTable,
  isWanted: (row: number) => boolean,
): {
  readonly timesDays: Float64Array;
  readonly events: Int8Array;
  readonly rows: readonly number[];
  readonly deaths: number;
} {
  const rows = Array.from(clinical.event.keys()).filter(
    (row) => clinical.event[row]! >= 0 && clinical.survivalTimeDays[row]! >= 0 && isWanted(row),
  );
  const events = Int8Array.from(rows, (row) => clinical.event[row]!);
  return {
    timesDays: Float64Array.from(rows, (row) => clinical.survivalTimeDays[row]!),
    events,
    rows,
    deaths: events.reduce((sum, event) => sum + event, 0),
  };
}
