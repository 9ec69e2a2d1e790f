import { UNKNOWN, type Cohort } from "@osteon/cohort";

/** Groups of fewer patients than this are not told apart from one. */
const smallestToldCell = 5;

/** How large the groups are of patients who look alike in some variables. Sizes only: no group is named. */
export interface QuasiIdentifierCells {
  readonly variables: readonly string[];
  /** Groups with at least one patient. */
  readonly cells: number;
  /** Patients of the smallest group (the k of k-anonymity); null for fewer than five. */
  readonly smallestCell: number | null;
  /** Patients in groups of fewer than five; null for one to four. */
  readonly patientsInSmallCells: number | null;
}

type KeyOf = (row: number) => number | string;

/** Counts the groups for the combinations that somebody may know of a patient; unknown is a value of its own. */
export function countQuasiIdentifierCells({ patientIds, clinical, batch }: Cohort): readonly QuasiIdentifierCells[] {
  const code = (values: Int8Array | Int16Array) => (row: number) => values[row] ?? UNKNOWN;
  const banded = (years: number) => (row: number) => Math.floor(clinical.ageYears[row]! / years);
  const sex: [string, KeyOf] = ["SEX", code(clinical.male)];
  const metastasis: [string, KeyOf] = ["METASTATIC_AT_DIAGNOSIS", code(clinical.metastasis)];
  const combinations: readonly (readonly [string, KeyOf])[][] = [
    [["AGE as kept", (row) => clinical.ageYears[row]!], sex, metastasis],
    [["AGE in whole years", banded(1)], sex, metastasis],
    [["AGE in 5 years", banded(5)], sex, metastasis],
    [sex, metastasis],
    [
      ["days of survival", (row) => clinical.survivalTimeDays[row]!],
      ["OS_STATUS", code(clinical.event)],
    ],
    ...(batch === undefined ? [] : [[sex, metastasis, ["BATCH", code(batch)] as [string, KeyOf]]]),
  ];
  return combinations.map((variables) => {
    const sizes = new Map<string, number>();
    for (const row of patientIds.keys()) {
      const key = variables.map(([, keyOf]) => keyOf(row)).join("|");
      sizes.set(key, (sizes.get(key) ?? 0) + 1);
    }
    const small = [...sizes.values()].filter((size) => size < smallestToldCell);
    const inSmall = small.reduce((sum, size) => sum + size, 0);
    return {
      variables: variables.map(([name]) => name),
      cells: sizes.size,
      smallestCell: small.length > 0 || sizes.size === 0 ? null : Math.min(...sizes.values()),
      patientsInSmallCells: inSmall > 0 && inSmall < smallestToldCell ? null : inSmall,
    };
  });
}
