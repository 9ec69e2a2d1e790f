import { UNKNOWN, type ClinicalTable } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import { createKeyedHash } from "./keyed-hash.ts";

/** Ten years: more would leave nothing of most follow-ups. */
const longestShiftDays = 3650;

export interface CutFollowUp {
  readonly clinical: ClinicalTable;
  /** Patients whose follow-up was cut. */
  readonly cut: number;
  /** Of those, deaths that fell in the part cut off: they count as alive at its beginning. */
  readonly deathsCut: number;
  /** Of those, patients whose diagnosis fell in it: nothing of their survival is left. */
  readonly nothingLeft: number;
}

/**
 * Shift and truncate (Hripcsak et al. 2016, JAMIA 23:1040) for patients of whom only intervals are kept. A constant
 * shift of a patient's dates changes no interval, so that where no date is kept there is nothing to shift: but who is
 * alive at the extract's last day has a follow-up of that day minus the diagnosis, and the day of an extract is no
 * secret. So each patient's follow-up ends a secret number of days, 0 to `shiftDays`, before the extract does, as
 * their record would if it had been shifted by as much and cut at the extract's last day. The number depends on
 * nothing of the patient's course, so censoring stays uninformative.
 *
 * It depends on key and id alone and not on the release: several numbers for one patient, whom two releases let know
 * by the tumour, would narrow down what one of them hides.
 *
 * @param observedDays by patient, days from diagnosis to the extract's last day
 * @throws deidentification.date-shift, .no-dates, .key-too-short
 */
export async function cutFollowUp(
  patientIds: readonly string[],
  clinical: ClinicalTable,
  {
    key,
    shiftDays,
    observedDays,
  }: {
    readonly key: Uint8Array;
    readonly shiftDays: number;
    readonly observedDays: readonly (readonly [patientId: string, days: number])[];
  },
): Promise<CutFollowUp> {
  if (!Number.isInteger(shiftDays) || shiftDays < 0 || shiftDays > longestShiftDays) {
    throw osteonError("deidentification.date-shift", { maximum: longestShiftDays });
  }
  if (shiftDays === 0) return { clinical, cut: 0, deathsCut: 0, nothingLeft: 0 };
  if (observedDays.length === 0) throw osteonError("deidentification.no-dates", {});
  const hash = await createKeyedHash(key, "osteon-follow-up-cut-v1:");
  const observed = new Map(observedDays);
  const survivalTimeDays = Float64Array.from(clinical.survivalTimeDays);
  const event = Int8Array.from(clinical.event);
  const counts = { cut: 0, deathsCut: 0, nothingLeft: 0 };
  for (const [row, id] of patientIds.entries()) {
    const days = observed.get(id);
    if (days === undefined) continue;
    const last = days - drawDays(await hash(id), shiftDays);
    // Not where the time is unknown, which is not greater than anything.
    if (!(survivalTimeDays[row]! > last)) continue;
    counts.cut++;
    if (event[row] === 1) counts.deathsCut++;
    if (last < 0) counts.nothingLeft++;
    survivalTimeDays[row] = last < 0 ? Number.NaN : last;
    event[row] = last < 0 ? UNKNOWN : 0;
  }
  return { clinical: { ...clinical, survivalTimeDays, event }, ...counts };
}

/** 0 to `longest`, each as likely: of 48 bits the remainder favours none by more than one in 10¹⁰. */
function drawDays(hash: Uint8Array, longest: number): number {
  return hash.slice(0, 6).reduce((value, byte) => value * 256 + byte, 0) % (longest + 1);
}
