import { COPY_NUMBER_UNKNOWN, UNKNOWN, type ClinicalTable } from "@osteon/cohort";
import { countPatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";

/** One thing that may be known of a patient: a column of one of the four tables. */
export interface Attribute {
  readonly table: "clinical" | "mutations" | "copyNumber" | "expression";
  /** The clinical field or the gene. */
  readonly name: string;
  /** A code, to be equalled; otherwise a measurement, to be neared. */
  readonly categorical: boolean;
  /** One value a patient of a cohort with the same genes; NaN where unknown. */
  read(cohort: EvaluationCohort): Float64Array;
}

const clinicalFields: Readonly<Record<keyof ClinicalTable, boolean>> = {
  survivalTimeDays: false,
  event: true,
  ageYears: false,
  metastasis: true,
  male: true,
  necrosisPercent: false,
};

/** Every attribute of a cohort: clinical, mutations, copy number, expression. */
export function listAttributes(cohort: EvaluationCohort): readonly Attribute[] {
  return [
    ...(Object.keys(clinicalFields) as (keyof ClinicalTable)[]).map((name): Attribute => ({
      table: "clinical",
      name,
      categorical: clinicalFields[name],
      read: ({ clinical }) =>
        Float64Array.from(clinical[name], (value) => (clinicalFields[name] && value === UNKNOWN ? Number.NaN : value)),
    })),
    ...listGenes("mutations", cohort, UNKNOWN),
    ...listGenes("copyNumber", cohort, COPY_NUMBER_UNKNOWN),
    ...listGenes("expression", cohort, Number.NaN),
  ];
}

function listGenes(
  table: "mutations" | "copyNumber" | "expression",
  cohort: EvaluationCohort,
  unknown: number,
): readonly Attribute[] {
  return cohort[table].genes.map((name, j) => ({
    table,
    name,
    categorical: table !== "expression",
    read: (other) => {
      const { genes, values } = other[table];
      return Float64Array.from({ length: countPatients(other) }, (_, i) => {
        const value = values[i * genes.length + j]!;
        return value === unknown ? Number.NaN : value;
      });
    },
  }));
}
