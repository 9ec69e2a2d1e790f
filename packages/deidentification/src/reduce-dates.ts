import { osteonError } from "@osteon/errors";
import {
  daysPerMonth,
  longestSurvivalDays,
  oldestAdmittedYears,
  type ClinicalPatientColumn,
} from "./contract/clinical-contract.ts";
import type { CellPlace } from "./contract/read-cell.ts";

const daysPerYear = 365.25;

/** The columns of a patient's row that tell time, read through the clinical contract. */
export interface DatedRow {
  /** Whether the table has the column and it is taken. */
  has(column: ClinicalPatientColumn): boolean;
  /** Days from 1 January 1970; NaN where unknown or not there. */
  date(column: ClinicalPatientColumn): number;
  /** NaN where unknown or not there. */
  number(column: ClinicalPatientColumn): number;
  /** −1 where unknown or not there. */
  code(column: ClinicalPatientColumn): number;
  place(column: ClinicalPatientColumn): CellPlace;
}

/** Survival and age of a patient, however the source states them. NaN where unknown. */
export interface PatientTimes {
  readonly survivalTimeDays: number;
  readonly ageYears: number;
}

/** How a column was changed while it was read. */
export interface Reduction {
  readonly column: string;
  readonly treatment: string;
  /** Patients whose cell was known. */
  readonly count: number;
}

/** Reads the times of one table's patients; what it has to tell at the end holds no date. */
export interface DateReducer {
  /** @throws deidentification.dates-reversed, .dates-contradict, .dates-too-far, and what reading the cells throws */
  reduce(patientId: string, row: DatedRow): PatientTimes;
  finish(): {
    readonly reductions: readonly Reduction[];
    /**
     * By patient: days from diagnosis to the last day that the table tells of. With the date of the extract they
     * would give the diagnosis away, so they go no further than de-identification.
     */
    readonly observedDays: readonly (readonly [patientId: string, days: number])[];
  };
}

/**
 * Reduces dates to intervals: survival in days from diagnosis, age in years at diagnosis. A table without
 * `DATE_OF_DEATH` has the death in `DATE_OF_LAST_CONTACT`, as in NAACCR's item 1750, date of last contact or death.
 * Tables that state `OS_MONTHS` and `AGE` are read as they are: cBioPortal gives months as days / 30.4375 with three
 * decimals or fewer, so the nearest day is the day that was meant, and 0 stays 0.
 */
export function createDateReducer(): DateReducer {
  const known = new Map<ClinicalPatientColumn, number>();
  const diagnoses: [string, number][] = [];
  let lastDay = Number.NEGATIVE_INFINITY;

  const day = (row: DatedRow, column: ClinicalPatientColumn): number => {
    const value = row.date(column);
    if (!Number.isNaN(value)) known.set(column, (known.get(column) ?? 0) + 1);
    return value;
  };

  const endOfFollowUp = (row: DatedRow): { readonly column: ClinicalPatientColumn; readonly end: number } => {
    const contact = day(row, "DATE_OF_LAST_CONTACT");
    const death = day(row, "DATE_OF_DEATH");
    const status = row.code("OS_STATUS");
    if (status === 0 && !Number.isNaN(death)) {
      const { file, line } = row.place("DATE_OF_DEATH");
      throw osteonError("deidentification.dates-contradict", { file, line });
    }
    const died = status === 1 || (status < 0 && !Number.isNaN(death));
    // The day of a death that is not known is not the day of the last visit.
    if (died && row.has("DATE_OF_DEATH")) return { column: "DATE_OF_DEATH", end: death };
    return { column: "DATE_OF_LAST_CONTACT", end: contact };
  };

  return {
    reduce(patientId, row) {
      const diagnosis = day(row, "DATE_OF_DIAGNOSIS");
      let survivalTimeDays = Math.round(row.number("OS_MONTHS") * daysPerMonth);
      if (!row.has("OS_MONTHS")) {
        const { column, end } = endOfFollowUp(row);
        survivalTimeDays = intervalOf(row, ["DATE_OF_DIAGNOSIS", diagnosis], [column, end], longestSurvivalDays);
        if (!Number.isNaN(diagnosis)) diagnoses.push([patientId, diagnosis]);
        if (end > lastDay) lastDay = end;
      }
      if (row.has("AGE")) return { survivalTimeDays, ageYears: row.number("AGE") };
      const birth = day(row, "DATE_OF_BIRTH");
      const longest = oldestAdmittedYears * daysPerYear;
      const lived = intervalOf(row, ["DATE_OF_BIRTH", birth], ["DATE_OF_DIAGNOSIS", diagnosis], longest);
      return { survivalTimeDays, ageYears: lived / daysPerYear };
    },
    finish: () => ({
      reductions: [...known].map(([column, count]) => ({ column, treatment: treatmentOf(column), count })),
      observedDays: Number.isFinite(lastDay) ? diagnoses.map(([id, diagnosis]) => [id, lastDay - diagnosis]) : [],
    }),
  };
}

function treatmentOf(column: ClinicalPatientColumn): string {
  if (column === "DATE_OF_BIRTH") return "date reduced to age in years at diagnosis";
  return column === "DATE_OF_DIAGNOSIS" ? "date taken as day 0, and not kept" : "date reduced to days from diagnosis";
}

type Dated = readonly [column: ClinicalPatientColumn, day: number];

/** Whole days between two dates; NaN where one is unknown. */
function intervalOf(row: DatedRow, [earlier, from]: Dated, [later, to]: Dated, longestDays: number): number {
  const days = to - from;
  const { file, line } = row.place(earlier);
  if (days < 0) throw osteonError("deidentification.dates-reversed", { file, line, earlier, later });
  if (days > longestDays) {
    throw osteonError("deidentification.dates-too-far", { file, line, earlier, later, longestDays });
  }
  return days;
}
