import { COPY_NUMBER_UNKNOWN, UNKNOWN } from "@osteon/cohort";
import { syntheticPatientNotice } from "@osteon/contracts";
import type { SyntheticCohort } from "@osteon/generator";
import { parquetWriteBuffer, type ColumnSource } from "hyparquet-writer";
import type { AnswerForm } from "./answer-format.ts";
import { clinicalColumns, clinicalValues, columnNames } from "./columns.ts";

/**
 * Writes generated patients as one Apache Parquet file with the columns of the CSV answer. Where the patients come
 * from stands in the file's metadata too, under keys that begin with `osteon.`.
 *
 * One plain page a column, without statistics: a column has a value a patient, too few for anything else to pay.
 * Measured with 1,000 patients of 5,200 columns: a third of the time of the writer's defaults, and a file of 2 % more.
 *
 * @param whole all patients of the answer, from number 0 on
 */
export function writeParquet(whole: SyntheticCohort, form: AnswerForm): Uint8Array {
  const { cohort, pathways } = whole;
  const rows = [...cohort.patientIds.keys()];
  const clinical = rows.map((row) => clinicalValues(cohort.clinical, row));
  const clinicalTypes = ["DOUBLE", "INT32", "DOUBLE", "INT32"] as const;
  const columns: readonly Omit<ColumnSource, "name">[] = [
    { data: rows.map(() => true), type: "BOOLEAN", nullable: false },
    { data: rows.map(() => form.modelVersion), type: "STRING", nullable: false },
    { data: rows.map(() => BigInt(form.seed)), type: "INT64", nullable: false },
    { data: rows, type: "INT32", nullable: false },
    ...clinicalColumns.map((_, c) => ({
      data: clinical.map((values) => values[c]!),
      type: clinicalTypes[c]!,
      nullable: true,
    })),
    ...tableColumns(rows, cohort.mutations.values, cohort.mutations.genes.length, "INT32", UNKNOWN),
    ...tableColumns(rows, cohort.copyNumber.values, cohort.copyNumber.genes.length, "INT32", COPY_NUMBER_UNKNOWN),
    ...tableColumns(rows, cohort.expression.values, cohort.expression.genes.length, "FLOAT"),
    ...tableColumns(rows, pathways.values, pathways.names.length, "FLOAT"),
  ];
  const file = parquetWriteBuffer({
    columnData: columnNames(whole).map((name, c) => ({
      ...columns[c]!,
      name,
      encoding: "PLAIN" as const,
      offsetIndex: false,
    })),
    codec: "UNCOMPRESSED",
    statistics: false,
    pageSize: 0,
    rowGroupSize: Math.max(rows.length, 1),
    createdBy: "Osteon",
    kvMetadata: Object.entries({
      simulated: "true",
      notice: syntheticPatientNotice,
      model_version: form.modelVersion,
      seed: String(form.seed),
      trained_on_simulated_patients: String(form.trainedOnSimulatedPatients),
      expression_unit: cohort.expression.unit,
    }).map(([key, value]) => ({ key: `osteon.${key}`, value })),
  });
  return new Uint8Array(file);
}

/** The columns of a row-major table; null where a value is not known. Decimals are rounded as in the other formats. */
function* tableColumns(
  rows: readonly number[],
  values: Int8Array | Float32Array,
  width: number,
  type: "INT32" | "FLOAT",
  unknown = Number.NaN,
): Generator<Omit<ColumnSource, "name">> {
  for (let column = 0; column < width; column++) {
    const data = rows.map((row) => {
      const value = values[row * width + column]!;
      if (value === unknown || !Number.isFinite(value)) return null;
      return type === "FLOAT" ? Math.round(value * 10_000) / 10_000 : value;
    });
    yield { data, type, nullable: true };
  }
}
