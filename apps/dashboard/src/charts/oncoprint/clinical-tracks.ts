import type { SyntheticPatient } from "@osteon/contracts";

/** A row of clinical values above the genes: by patient 0 to 1, NaN where unknown. */
export interface ClinicalTrack {
  readonly name: string;
  readonly values: Float32Array;
  readonly describe: (patient: SyntheticPatient) => string;
}

const oldestYears = 40;

export function readTracks(patients: readonly SyntheticPatient[]): readonly ClinicalTrack[] {
  const track = (
    name: string,
    read: (patient: SyntheticPatient) => number | null,
    describe: ClinicalTrack["describe"],
  ): ClinicalTrack => ({
    name,
    values: Float32Array.from(patients, (patient) => read(patient) ?? Number.NaN),
    describe,
  });
  return [
    track(
      "Died",
      ({ clinical }) => clinical.event_occurred,
      ({ clinical }) =>
        clinical.survival_days === null
          ? "survival unknown"
          : `${clinical.event_occurred === 1 ? "died" : "alive"} at ${Math.round(clinical.survival_days)} days`,
    ),
    track(
      "Metastasis",
      ({ clinical }) => clinical.metastasis,
      ({ clinical }) =>
        clinical.metastasis === null ? "metastasis unknown" : clinical.metastasis === 1 ? "metastatic" : "localised",
    ),
    track(
      "Age",
      ({ clinical }) => (clinical.age_years === null ? null : Math.min(1, clinical.age_years / oldestYears)),
      ({ clinical }) => (clinical.age_years === null ? "age unknown" : `${clinical.age_years.toFixed(1)} years`),
    ),
  ];
}
