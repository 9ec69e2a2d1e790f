import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { COPY_NUMBER_UNKNOWN, UNKNOWN, type ClinicalTable, type Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import { z } from "zod";
import { clinicalColumns } from "./clinical-columns.ts";
import { provenanceFile } from "./write-synthetic-cohort.ts";

const provenanceSchema = z.object({
  modelVersion: z.string(),
  profile: z.record(z.string(), z.unknown()),
  units: z.object({ expression: z.enum(["log2(TPM+1)", "log2(CPM+1)", "z-score"]) }),
});

/** Generated patients as a folder holds them, and what they were asked for by. */
export interface ReadSyntheticCohort {
  readonly cohort: Cohort;
  readonly modelVersion: string;
  /** Names of the conditions. */
  readonly conditions: readonly string[];
}

/**
 * Reads what {@link writeSyntheticCohort} wrote, without the pathway scores, which follow from expression.
 *
 * @throws connectors.export-unreadable
 */
export async function readSyntheticCohort(directory: string): Promise<ReadSyntheticCohort> {
  const provenance = provenanceSchema.safeParse(parseJson(await readText(directory, provenanceFile)));
  if (!provenance.success) throw refusal(directory, `${provenanceFile} is not one of Osteon's`);
  const { modelVersion, profile, units } = provenance.data;
  const clinical = await readTable(directory, "clinical.csv");
  const patients = clinical.ids.length;
  const [mutations, copyNumber, expression] = await Promise.all(
    ["mutations.csv", "copy_number.csv", "expression.csv"].map((file) => readTable(directory, file, clinical.ids)),
  );
  const take = (field: keyof ClinicalTable): Float64Array => {
    const { name, words } = clinicalColumns.find((column) => column.field === field)!;
    const place = clinical.columns.indexOf(name);
    return Float64Array.from({ length: patients }, (_, row) => {
      const cell = place < 0 ? "" : clinical.cells[row]![place]!;
      return toNumber(directory, "clinical.csv", words && cell !== "" ? String(words.indexOf(cell)) : cell);
    });
  };
  const codes = (values: Float64Array, unknown: number) =>
    Int8Array.from(values, (value) => (Number.isNaN(value) ? unknown : value));
  return {
    modelVersion,
    conditions: Object.keys(profile),
    cohort: {
      patientIds: clinical.ids,
      clinical: {
        survivalTimeDays: take("survivalTimeDays"),
        event: codes(take("event"), UNKNOWN),
        ageYears: take("ageYears"),
        metastasis: codes(take("metastasis"), UNKNOWN),
        male: codes(take("male"), UNKNOWN),
        necrosisPercent: take("necrosisPercent"),
      },
      mutations: { genes: mutations!.columns, values: codes(flatten(directory, mutations!), UNKNOWN) },
      copyNumber: { genes: copyNumber!.columns, values: codes(flatten(directory, copyNumber!), COPY_NUMBER_UNKNOWN) },
      expression: {
        genes: expression!.columns,
        unit: units.expression,
        values: Float32Array.from(flatten(directory, expression!)),
      },
      simulated: true,
    },
  };
}

interface Table {
  readonly file: string;
  readonly columns: readonly string[];
  readonly ids: readonly string[];
  readonly cells: readonly (readonly string[])[];
}

async function readTable(directory: string, file: string, ids?: readonly string[]): Promise<Table> {
  const text = await readText(directory, file);
  const [header = [], ...rows] = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  if (header[0] !== "patient_id") throw refusal(directory, `${file} does not begin with patient_id`);
  const ragged = rows.findIndex((row) => row.length !== header.length);
  if (ragged >= 0)
    throw refusal(directory, `line ${ragged + 2} of ${file} has another number of cells than its header`);
  const own = rows.map((row) => row[0]!);
  if (ids && (own.length !== ids.length || own.some((id, row) => id !== ids[row]))) {
    throw refusal(directory, `${file} has other patients than clinical.csv`);
  }
  return { file, columns: header.slice(1), ids: own, cells: rows.map((row) => row.slice(1)) };
}

function flatten(directory: string, { file, cells }: Table): Float64Array {
  return Float64Array.from(cells.flatMap((row) => row.map((cell) => toNumber(directory, file, cell))));
}

function toNumber(directory: string, file: string, cell: string): number {
  const value = cell === "" ? Number.NaN : Number(cell);
  if (cell !== "" && !Number.isFinite(value)) throw refusal(directory, `a cell of ${file} is no number`);
  return value;
}

async function readText(directory: string, file: string): Promise<string> {
  try {
    return await readFile(join(directory, file), "utf8");
  } catch (error) {
    const reason = `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown reason"})`;
    throw refusal(directory, reason, error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function refusal(directory: string, reason: string, cause?: unknown) {
  return osteonError("connectors.export-unreadable", { directory, reason }, { cause });
}
