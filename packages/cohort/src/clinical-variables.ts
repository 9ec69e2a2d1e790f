import type { ClinicalTable } from "./cohort.ts";

/** What a clinical variable of the cohort is and may be: for checks, errors and the data dictionary. */
export interface ClinicalVariable {
  readonly field: keyof ClinicalTable;
  /** As findings and reports call it. */
  readonly name: string;
  readonly meaning: string;
  /** `0/1` for a code. */
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Meaning of each code, where it is one. */
  readonly codes?: Readonly<Record<number, string>>;
}

const code = { unit: "0/1", minimum: 0, maximum: 1 } as const;

/** In the order of {@link ClinicalTable}. Numbers are NaN where unknown, codes −1. */
export const clinicalVariables: readonly ClinicalVariable[] = [
  {
    field: "survivalTimeDays",
    name: "survival time",
    meaning: "Days from diagnosis to death or to last contact",
    unit: "days",
    minimum: 0,
    maximum: 36_525,
  },
  {
    field: "event",
    name: "event",
    meaning: "Whether the patient died at the survival time",
    ...code,
    codes: { 0: "alive then", 1: "died then" },
  },
  // 90 is what de-identification makes of all ages over 89.
  { field: "ageYears", name: "age", meaning: "Age at diagnosis", unit: "years", minimum: 0, maximum: 90 },
  {
    field: "metastasis",
    name: "metastasis",
    meaning: "Metastasis at diagnosis",
    ...code,
    codes: { 0: "no", 1: "yes" },
  },
  { field: "male", name: "male", meaning: "Sex", ...code, codes: { 0: "female", 1: "male" } },
  {
    field: "necrosisPercent",
    name: "necrosis",
    meaning: "Tumour necrosis after chemotherapy before surgery",
    unit: "%",
    minimum: 0,
    maximum: 100,
  },
];
