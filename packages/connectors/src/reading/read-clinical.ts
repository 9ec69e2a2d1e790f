import type { ClinicalTable } from "@osteon/cohort";
import {
  clinicalPatientContract,
  clinicalSampleContract,
  createDateReducer,
  type DateReducer,
} from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import { readTable } from "./read-table.ts";
import type { ReadingContext } from "./reading-context.ts";
import type { SourceTable } from "./source-table.ts";

/** The patients of a source in the order of their table. */
export interface PatientTable {
  /** Name of the table. */
  readonly file: string;
  readonly ids: readonly string[];
  /** Row of a patient. */
  readonly rows: ReadonlyMap<string, number>;
  /** Line of the table on which row i stands. */
  readonly lines: readonly number[];
  readonly clinical: ClinicalTable;
  readonly dates: ReturnType<DateReducer["finish"]>;
}

/**
 * One row a patient; months and dates become whole days, birth dates ages in years.
 *
 * @throws connectors.patient-twice, and what {@link readTable} throws
 */
export async function readPatients(context: ReadingContext, source: SourceTable): Promise<PatientTable> {
  const ids: string[] = [];
  const rows = new Map<string, number>();
  const lines: number[] = [];
  const columns = { survival: [], event: [], age: [], metastasis: [], male: [], necrosis: [] } as Record<
    "survival" | "event" | "age" | "metastasis" | "male" | "necrosis",
    number[]
  >;
  const dates = createDateReducer();
  await readTable(context, source, clinicalPatientContract, (row) => {
    const id = row.identifier("PATIENT_ID");
    const earlier = rows.get(id);
    if (earlier !== undefined) {
      throw osteonError("connectors.patient-twice", { ...row.place("PATIENT_ID"), first: lines[earlier]! });
    }
    rows.set(id, ids.length);
    ids.push(id);
    lines.push(row.line);
    const { survivalTimeDays, ageYears } = dates.reduce(id, row);
    columns.survival.push(survivalTimeDays);
    columns.event.push(row.code("OS_STATUS"));
    columns.age.push(ageYears);
    columns.metastasis.push(row.code("METASTATIC_AT_DIAGNOSIS"));
    columns.male.push(row.code("SEX"));
    columns.necrosis.push(row.number("PERCENT_NECROSIS"));
  });
  const clinical: ClinicalTable = {
    survivalTimeDays: Float64Array.from(columns.survival),
    event: Int8Array.from(columns.event),
    ageYears: Float64Array.from(columns.age),
    metastasis: Int8Array.from(columns.metastasis),
    male: Int8Array.from(columns.male),
    necrosisPercent: Float64Array.from(columns.necrosis),
  };
  return { file: source.name, ids, rows, lines, clinical, dates: dates.finish() };
}

/** One tissue sample. */
export interface Sample {
  readonly id: string;
  /** Row of its patient. */
  readonly patient: number;
  /** Code of `SAMPLE_TYPE`, −1 where not stated. */
  readonly kind: number;
  /** `EXOME_SEQUENCED`: 1, 0, or −1 where not stated. */
  readonly exomeSequenced: number;
  /** Label of its batch or site. Not passed on. */
  readonly batch: string | undefined;
}

export interface SampleTable {
  /** Name of the table. */
  readonly file: string;
  readonly samples: ReadonlyMap<string, Sample>;
}

/**
 * One row a sample, held against the patients: every sample has a patient and every patient a sample.
 *
 * @throws connectors.sample-twice, .sample-without-patient, .patient-without-sample, and what {@link readTable} throws
 */
export async function readSamples(
  context: ReadingContext,
  source: SourceTable,
  patients: PatientTable,
): Promise<SampleTable> {
  const samples = new Map<string, Sample>();
  const lines = new Map<string, number>();
  const patientsSeen = new Set<number>();
  await readTable(context, source, clinicalSampleContract, (row) => {
    const id = row.identifier("SAMPLE_ID");
    const first = lines.get(id);
    if (first !== undefined) throw osteonError("connectors.sample-twice", { ...row.place("SAMPLE_ID"), first });
    const patient = patients.rows.get(row.identifier("PATIENT_ID"));
    if (patient === undefined) {
      throw osteonError("connectors.sample-without-patient", { ...row.place("PATIENT_ID"), patients: patients.file });
    }
    lines.set(id, row.line);
    patientsSeen.add(patient);
    samples.set(id, {
      id,
      patient,
      kind: row.code("SAMPLE_TYPE"),
      exomeSequenced: row.code("EXOME_SEQUENCED"),
      batch: row.label("BATCH"),
    });
  });
  const lonely = patients.ids.findIndex((_, row) => !patientsSeen.has(row));
  if (lonely >= 0) {
    const parameters = { file: patients.file, line: patients.lines[lonely]!, samples: source.name };
    throw osteonError("connectors.patient-without-sample", parameters);
  }
  return { file: source.name, samples };
}

/** For a source that tells patients and no samples: every patient is their own one sample. */
export function samplesOfPatients(patients: PatientTable): SampleTable {
  const samples = new Map<string, Sample>();
  patients.ids.forEach((id, patient) =>
    samples.set(id, { id, patient, kind: -1, exomeSequenced: -1, batch: undefined }),
  );
  return { file: patients.file, samples };
}
