import { UNKNOWN, type ClinicalTable } from "@osteon/cohort";

/** A column of an exported `clinical.csv`. */
export interface ClinicalColumn {
  readonly name: string;
  readonly field: keyof ClinicalTable;
  readonly unit?: string;
  /** Written for the codes 0 and 1, where not the code itself. */
  readonly words?: readonly [string, string];
  /** Left out where no patient has it. */
  readonly mayBeAbsent?: true;
}

/** The seed's columns, then sex and necrosis where any patient has them. */
export const clinicalColumns: readonly ClinicalColumn[] = [
  { name: "survival_days", field: "survivalTimeDays", unit: "days" },
  { name: "event_occurred", field: "event" },
  { name: "age_years", field: "ageYears", unit: "years" },
  { name: "metastasis", field: "metastasis" },
  { name: "sex", field: "male", words: ["Female", "Male"], mayBeAbsent: true },
  { name: "necrosis_percent", field: "necrosisPercent", unit: "percent", mayBeAbsent: true },
];

export function isExported({ field, mayBeAbsent }: ClinicalColumn, clinical: ClinicalTable): boolean {
  return mayBeAbsent !== true || clinical[field].some((value) => value !== UNKNOWN && !Number.isNaN(value));
}

/** Unit of every column that has one. */
export function clinicalUnits(): Readonly<Record<string, string>> {
  return Object.fromEntries(clinicalColumns.flatMap(({ name, unit }) => (unit === undefined ? [] : [[name, unit]])));
}
