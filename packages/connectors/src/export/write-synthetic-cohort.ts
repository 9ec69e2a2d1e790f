import { open } from "node:fs/promises";
import { join } from "node:path";
import { COPY_NUMBER_UNKNOWN, UNKNOWN, type ClinicalTable } from "@osteon/cohort";
import type { SyntheticCohort } from "@osteon/generator";
import { CsvWriter, type WrittenFile } from "./csv-writer.ts";
import { replaceDirectory } from "./replace-directory.ts";

export interface ExportOptions {
  /** What the patients came from: model, request, seed, versions. JSON-serialisable. */
  readonly provenance: Readonly<Record<string, unknown>>;
  /** Replace an earlier export. Without it a target that is not empty is an error. */
  readonly replace?: boolean;
  readonly signal?: AbortSignal | undefined;
}

const provenanceFile = "provenance.json";

/**
 * Writes synthetic patients as a folder of CSV files, patients in rows and `patient_id` first: clinical,
 * mutations (0/1), copy_number (−2 … 2), expression (the input's unit), pathways, and provenance.json with
 * the units, sizes and digests of the others. A cell that is not known is empty; numbers have at most four
 * decimals. The folder appears whole or not at all.
 *
 * @throws connectors.export-target-not-empty, .export-target-not-ours
 */
export async function writeSyntheticCohort(
  directory: string,
  synthetic: SyntheticCohort,
  options: ExportOptions,
): Promise<void> {
  const { cohort, pathways } = synthetic;
  const { patientIds, mutations, copyNumber, expression } = cohort;
  const { signal } = options;
  const mark = provenanceFile;
  await replaceDirectory(directory, { replace: options.replace ?? false, mark }, async (folder) => {
    const write = (name: string, columns: readonly string[], writeCells: CellWriter): Promise<WrittenFile> =>
      writeTable({ folder, name, columns, patientIds, writeCells, signal });
    const clinical = clinicalColumns(cohort.clinical);
    const files = [
      await write(
        "clinical.csv",
        clinical.map(([name]) => name),
        (csv, patient) => clinical.forEach(([, writeCell]) => writeCell(csv, patient)),
      ),
      await write("mutations.csv", mutations.genes, rowOf(mutations.values, mutations.genes.length, UNKNOWN)),
      await write(
        "copy_number.csv",
        copyNumber.genes,
        rowOf(copyNumber.values, copyNumber.genes.length, COPY_NUMBER_UNKNOWN),
      ),
      await write("expression.csv", expression.genes, rowOf(expression.values, expression.genes.length)),
      await write("pathways.csv", pathways.names, rowOf(pathways.values, pathways.names.length)),
    ];
    const provenance = {
      ...options.provenance,
      simulated: cohort.simulated,
      patients: patientIds.length,
      units: { survival_days: "days", age_years: "years", necrosis_percent: "percent", expression: expression.unit },
      files,
    };
    const handle = await open(join(folder, provenanceFile), "wx");
    try {
      await handle.writeFile(`${JSON.stringify(provenance, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

type CellWriter = (csv: CsvWriter, patient: number) => void;

interface TableRequest {
  readonly folder: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly patientIds: readonly string[];
  readonly writeCells: CellWriter;
  readonly signal: AbortSignal | undefined;
}

async function writeTable(request: TableRequest): Promise<WrittenFile> {
  const csv = await CsvWriter.create(join(request.folder, request.name), request.name);
  try {
    csv.text("patient_id");
    for (const column of request.columns) csv.text(column);
    await csv.endRow();
    for (const [patient, id] of request.patientIds.entries()) {
      request.signal?.throwIfAborted();
      csv.text(id);
      request.writeCells(csv, patient);
      await csv.endRow();
    }
    return await csv.finish();
  } catch (error) {
    await csv.abandon();
    throw error;
  }
}

/** Cells of one patient in a row-major table; NaN and the table's own code of "unknown" are left empty. */
function rowOf(values: Float32Array | Int8Array, width: number, unknown = Number.NaN): CellWriter {
  return (csv, patient) => {
    for (let at = patient * width; at < (patient + 1) * width; at++) {
      const value = values[at]!;
      if (value === unknown) csv.unknown();
      else csv.number(value);
    }
  };
}

/** The seed's columns, then sex and necrosis where any patient has them. */
function clinicalColumns(clinical: ClinicalTable): readonly (readonly [string, CellWriter])[] {
  const code = (values: Int8Array) => rowOf(values, 1, UNKNOWN);
  const real =
    (values: Float64Array): CellWriter =>
    (csv, patient) =>
      csv.number(values[patient]!);
  const columns: [string, CellWriter][] = [
    ["survival_days", real(clinical.survivalTimeDays)],
    ["event_occurred", code(clinical.event)],
    ["age_years", real(clinical.ageYears)],
    ["metastasis", code(clinical.metastasis)],
  ];
  if (clinical.male.some((value) => value !== UNKNOWN)) {
    const sexes = ["Female", "Male"];
    columns.push(["sex", (csv, patient) => csv.text(sexes[clinical.male[patient]!] ?? "")]);
  }
  if (clinical.necrosisPercent.some((value) => !Number.isNaN(value))) {
    columns.push(["necrosis_percent", real(clinical.necrosisPercent)]);
  }
  return columns;
}
