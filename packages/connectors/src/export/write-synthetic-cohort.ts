import { open } from "node:fs/promises";
import { join } from "node:path";
import { COPY_NUMBER_UNKNOWN, UNKNOWN } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import type { SyntheticCohort } from "@osteon/generator";
import { clinicalColumns, clinicalUnits, isExported, type ClinicalColumn } from "./clinical-columns.ts";
import { CsvWriter, type WrittenFile } from "./csv-writer.ts";
import { replaceDirectory } from "./replace-directory.ts";

export interface ExportOptions {
  /** What the patients came from: model, request, seed, versions. JSON-serialisable. */
  readonly provenance: Readonly<Record<string, unknown>>;
  /** Replace an earlier export. Without it a target that is not empty is an error. */
  readonly replace?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** The file by which a folder is known for an export. */
export const provenanceFile = "provenance.json";

/**
 * Writes generated patients as a folder of CSV tables, patients in rows, patient_id first: clinical,
 * mutations (0/1), copy_number (−2 … 2), expression (the input's unit), pathways, and provenance.json with
 * the units, sizes and digests of the others. A cell that is not known is empty; numbers have at most four
 * decimals. The folder appears whole or not at all.
 *
 * @param batches patients in turn, of one model; only one batch is held at a time
 * @throws connectors.export-target-not-empty, .export-target-not-ours, .export-without-patients
 */
export async function writeSyntheticCohort(
  directory: string,
  batches: Iterable<SyntheticCohort> | AsyncIterable<SyntheticCohort>,
  options: ExportOptions,
): Promise<void> {
  const { signal } = options;
  const mark = provenanceFile;
  await replaceDirectory(directory, { replace: options.replace ?? false, mark }, async (folder) => {
    let tables: readonly OpenTable[] | undefined;
    let patients = 0;
    let last: SyntheticCohort | undefined;
    try {
      for await (const batch of batches) {
        tables ??= await createTables(folder, batch);
        const writers = tables.map(({ csv, cellsOf }) => ({ csv, writeCells: cellsOf(batch) }));
        for (const [patient, id] of batch.cohort.patientIds.entries()) {
          signal?.throwIfAborted();
          for (const { csv, writeCells } of writers) {
            csv.text(id);
            writeCells(csv, patient);
            await csv.endRow();
          }
        }
        patients += batch.cohort.patientIds.length;
        last = batch;
      }
      if (!tables || !last) throw osteonError("connectors.export-without-patients", { directory });
      const files: WrittenFile[] = [];
      for (const { csv } of tables) files.push(await csv.finish());
      await writeProvenance(join(folder, provenanceFile), {
        ...options.provenance,
        simulated: last.cohort.simulated,
        patients,
        units: { ...clinicalUnits(), expression: last.cohort.expression.unit },
        files,
      });
    } catch (error) {
      for (const { csv } of tables ?? []) await csv.abandon();
      throw error;
    }
  });
}

/** Writes a provenance file, to be read by its owner only. */
export async function writeProvenance(path: string, provenance: Readonly<Record<string, unknown>>): Promise<void> {
  await using handle = await open(path, "wx", 0o600);
  await handle.writeFile(`${JSON.stringify(provenance, null, 2)}\n`);
  await handle.sync();
}

type CellWriter = (csv: CsvWriter, patient: number) => void;

/** A file being written, and how its cells come from a batch. */
interface OpenTable {
  readonly csv: CsvWriter;
  readonly cellsOf: (batch: SyntheticCohort) => CellWriter;
}

/** Opens the files and writes their header rows; the first batch tells the columns. */
async function createTables(folder: string, first: SyntheticCohort): Promise<readonly OpenTable[]> {
  const { cohort, pathways } = first;
  const clinical = clinicalColumns.filter((column) => isExported(column, cohort.clinical));
  const plans: readonly (readonly [string, readonly string[], OpenTable["cellsOf"]])[] = [
    [
      "clinical.csv",
      clinical.map(({ name }) => name),
      (batch) => (csv, patient) => {
        for (const column of clinical) writeClinicalCell(csv, column, batch.cohort.clinical[column.field][patient]!);
      },
    ],
    ["mutations.csv", cohort.mutations.genes, (b) => rowOf(b.cohort.mutations.values, cohort.mutations.genes, UNKNOWN)],
    [
      "copy_number.csv",
      cohort.copyNumber.genes,
      (b) => rowOf(b.cohort.copyNumber.values, cohort.copyNumber.genes, COPY_NUMBER_UNKNOWN),
    ],
    ["expression.csv", cohort.expression.genes, (b) => rowOf(b.cohort.expression.values, cohort.expression.genes)],
    ["pathways.csv", pathways.names, (b) => rowOf(b.pathways.values, pathways.names)],
  ];
  const tables: OpenTable[] = [];
  for (const [name, columns, cellsOf] of plans) {
    const csv = await CsvWriter.create(join(folder, name), name);
    tables.push({ csv, cellsOf });
    csv.text("patient_id");
    for (const column of columns) csv.text(column);
    await csv.endRow();
  }
  return tables;
}

/** Cells of one patient in a row-major table; NaN and the table's own code of "unknown" are left empty. */
function rowOf(values: Float32Array | Int8Array, columns: readonly string[], unknown = Number.NaN): CellWriter {
  const width = columns.length;
  return (csv, patient) => {
    for (let at = patient * width; at < (patient + 1) * width; at++) writeNumber(csv, values[at]!, unknown);
  };
}

function writeClinicalCell(csv: CsvWriter, { words }: ClinicalColumn, value: number): void {
  if (words !== undefined) csv.text(words[value] ?? "");
  else writeNumber(csv, value, UNKNOWN);
}

function writeNumber(csv: CsvWriter, value: number, unknown = Number.NaN): void {
  if (value === unknown) csv.unknown();
  else csv.number(value);
}
