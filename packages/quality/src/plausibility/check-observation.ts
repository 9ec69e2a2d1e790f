import type { Finding } from "../quality-report.ts";

/** A day of rounding where sources state months. */
const toleranceDays = 1;

/**
 * Survival times that reach beyond the last day that the source tells of: nobody has seen these days.
 *
 * @param observedDays by source id: days from diagnosis to that last day; undefined where the source states no dates
 */
export function checkObservation(
  { patientIds, survivalTimeDays }: { readonly patientIds: readonly string[]; readonly survivalTimeDays: Float64Array },
  observedDays: readonly (readonly [patientId: string, days: number])[] | undefined,
): Finding[] {
  const observed = new Map(observedDays);
  const compared = patientIds.flatMap((id, row) => {
    const days = observed.get(id);
    return days === undefined || Number.isNaN(survivalTimeDays[row]!) ? [] : [survivalTimeDays[row]! - days];
  });
  const beyond = compared.filter((excess) => excess > toleranceDays).length;
  if (beyond === 0) return [];
  return [
    {
      level: "error",
      code: "survival-beyond-observation",
      message:
        `survival time: ${beyond} of ${compared.length} patients are followed beyond the last day that the source tells of. ` +
        "Check the unit of time and the date of diagnosis",
    },
  ];
}
