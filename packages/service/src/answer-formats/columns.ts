import { UNKNOWN, type ClinicalTable } from "@osteon/cohort";
import type { SyntheticCohort } from "@osteon/generator";

/** What names a patient, and says in every row that he is simulated. */
const identityColumns = ["simulated", "model_version", "seed", "index"] as const;

export const clinicalColumns = ["survival_days", "event_occurred", "age_years", "metastasis"] as const;

/** The clinical values of a patient in the order of {@link clinicalColumns}; null where unknown. */
export function clinicalValues(clinical: ClinicalTable, row: number): readonly (number | null)[] {
  const { survivalTimeDays, event, ageYears, metastasis } = clinical;
  return [measured(survivalTimeDays[row]!), coded(event[row]!), measured(ageYears[row]!), coded(metastasis[row]!)];
}

/** Columns of the wide table, named as the places of the values in the JSON answer: `expression.RUNX2`. */
export function columnNames({ cohort, pathways }: SyntheticCohort): readonly string[] {
  return [
    ...identityColumns,
    ...clinicalColumns.map((name) => `clinical.${name}`),
    ...cohort.mutations.genes.map((gene) => `mutations.${gene}`),
    ...cohort.copyNumber.genes.map((gene) => `copy_number.${gene}`),
    ...cohort.expression.genes.map((gene) => `expression.${gene}`),
    ...pathways.names.map((name) => `pathways.${name}`),
  ];
}

function measured(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function coded(code: number): number | null {
  return code === UNKNOWN ? null : code;
}
