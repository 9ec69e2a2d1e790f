import {
  clinicalPatientContract,
  clinicalSampleContract,
  mutationContract,
  type SourceExtract,
  type TableContract,
  type TableName,
} from "@osteon/deidentification";
import { expressionContracts, expressionOf } from "../reading/expression-units.ts";
import type { MatrixSource } from "../reading/matrix/matrix-source.ts";
import type { SampleTable } from "../reading/read-clinical.ts";
import { readCohort, type ExpressionSource } from "../reading/read-cohort.ts";
import type { SequencingStatus } from "../reading/sequencing-status.ts";
import type { SourceTable } from "../reading/source-table.ts";
import { createFolderContext, type FolderContext, type FolderOptions } from "../text/folder-context.ts";
import { openDelimitedGrid } from "./delimited/open-delimited-grid.ts";
import { openDelimitedTable } from "./delimited/open-delimited-table.ts";
import { openH5adGrid } from "./h5ad/open-h5ad-grid.ts";
import { formatOf } from "./mapping/file-format.ts";
import type { FileKeys, FileMapping, MatrixKeys } from "./mapping/mapping-schema.ts";
import { detectUnit } from "./matrix/detect-unit.ts";
import type { Grid } from "./matrix/grid.ts";
import { openGridMatrix } from "./matrix/open-grid-matrix.ts";
import { openLongMatrix } from "./matrix/open-long-matrix.ts";
import { orientGrid, type OrientedGrid } from "./matrix/orient-grid.ts";
import { openParquetGrid } from "./parquet/open-parquet-grid.ts";
import { openParquetTable } from "./parquet/open-parquet-table.ts";
import type { FileTable } from "./table/file-table.ts";
import { mapTable, type ColumnKeys } from "./table/map-table.ts";

/**
 * Reads a cohort from files as a mapping says. What the mapping leaves open is found out, and said in the notes.
 *
 * @throws what {@link readCohort} and the files throw: connectors.*, files.*, deidentification.*
 * @example const extract = await readFiles(await readMapping("mapping.yaml"));
 */
export async function readFiles(mapping: FileMapping, options: FolderOptions = {}): Promise<SourceExtract> {
  const context = createFolderContext(mapping.directory, options);
  const { patients, samples, mutations, copy_number: copyNumber, expression } = mapping;
  return readCohort(context, {
    patients: await openMapped(context, "Patients", clinicalPatientContract, {
      ...patients,
      named: { PATIENT_ID: patients.id },
    }),
    samples:
      samples &&
      (await openMapped(context, "Samples", clinicalSampleContract, {
        ...samples,
        named: { SAMPLE_ID: samples.id, PATIENT_ID: samples.patient },
      })),
    mutations:
      mutations?.form === "calls"
        ? await openMapped(context, "Mutations", mutationContract, {
            ...mutations,
            // In the field's own format a quote is a plain character.
            quote: mutations.quote ?? (/\.maf(?:\.gz)?$/i.test(mutations.file) ? "none" : undefined),
            named: { Tumor_Sample_Barcode: mutations.id, Hugo_Symbol: mutations.gene },
          })
        : undefined,
    mutationMatrix:
      mutations?.form === "matrix"
        ? openOnceSampled(mutations.file, (table) => openWide(context, "Mutations", "mutations", mutations, table))
        : undefined,
    readSequencingStatus: (table) => Promise.resolve(sequencingOf(table, mutations?.sequenced === "all")),
    copyNumber: copyNumber && openCopyNumber(context, copyNumber),
    expression: expression && ((table) => openExpression(context, expression, table)),
  });
}

async function openMapped<Name extends string>(
  context: FolderContext,
  title: string,
  contract: TableContract<Name>,
  keys: FileKeys & ColumnKeys,
): Promise<SourceTable> {
  return mapTable(context, title, contract, await openTable(context, keys, contract.table), keys);
}

function openTable(context: FolderContext, keys: FileKeys, table: TableName): Promise<FileTable> {
  const format = keys.format ?? formatOf(keys.file);
  if (format === "parquet") return openParquetTable(context, keys.file, table);
  return openDelimitedTable(context, keys, format === "tsv" ? "tsv" : "csv", table);
}

type CopyNumberKeys = NonNullable<FileMapping["copy_number"]>;
type ExpressionKeys = NonNullable<FileMapping["expression"]>;

function openCopyNumber(context: FolderContext, keys: CopyNumberKeys): MatrixSource {
  return keys.form === "long"
    ? openLong(context, "Copy number", keys)
    : openOnceSampled(keys.file, (samples) => openWide(context, "Copy number", "copy-number", keys, samples));
}

async function openExpression(
  context: FolderContext,
  keys: ExpressionKeys,
  samples: SampleTable,
): Promise<ExpressionSource> {
  const stated = keys.unit && expressionContracts[keys.unit];
  if (keys.form === "long") return expressionOf(openLong(context, "Expression", keys), stated!);
  const oriented = await orientGrid(context, "expression", await openExpressionGrid(context, keys), keys, samples);
  if (stated !== undefined) {
    noteDetected(context, "Expression", oriented);
    return expressionOf(openGridMatrix(oriented), stated);
  }
  const { contract, reason } = await detectUnit(oriented);
  noteDetected(context, "Expression", oriented, `in ${contract.unit}, since ${reason}`);
  return expressionOf(openGridMatrix(oriented), contract);
}

function openExpressionGrid(context: FolderContext, keys: ExpressionKeys): Promise<Grid> {
  const format = keys.format ?? formatOf(keys.file);
  return format === "h5ad" ? openH5adGrid(context, keys, "expression") : openGrid(context, keys, "expression");
}

function openLong(context: FolderContext, title: string, keys: CopyNumberKeys | ExpressionKeys): MatrixSource {
  const named = { SAMPLE_ID: keys.id, Hugo_Symbol: keys.gene, VALUE: keys.value };
  const fileKeys = { ...keys, format: keys.format === "h5ad" ? undefined : keys.format, named, columns: {} };
  return openLongMatrix(keys.file, (contract) => openMapped(context, title, contract, fileKeys));
}

/** A matrix that can only be understood once it is known which ids are samples. */
function openOnceSampled(name: string, open: (samples: SampleTable) => Promise<MatrixSource>): MatrixSource {
  return { name, read: async (context, reading) => (await open(reading.samples)).read(context, reading) };
}

async function openWide(
  context: FolderContext,
  title: string,
  table: TableName,
  keys: MatrixKeys,
  samples: SampleTable,
): Promise<MatrixSource> {
  const oriented = await orientGrid(context, table, await openGrid(context, keys, table), keys, samples);
  noteDetected(context, title, oriented);
  return openGridMatrix(oriented);
}

function openGrid(context: FolderContext, keys: FileKeys, table: TableName): Promise<Grid> {
  const format = keys.format ?? formatOf(keys.file);
  if (format === "parquet") return openParquetGrid(context, keys, table);
  return openDelimitedGrid(context, keys, format === "tsv" ? "tsv" : "csv", table);
}

/** Says back what was found out, so that a wrong guess can be seen. */
function noteDetected(context: FolderContext, title: string, { grid, detected }: OrientedGrid, unit?: string): void {
  const found = [grid.detected, detected, unit].filter((part) => part !== undefined);
  if (found.length > 0) context.notes.push(`${title}: read ${found.join("; ")}.`);
}

/** What the table of samples says; all, where the mapping does. */
function sequencingOf({ samples }: SampleTable, all: boolean): SequencingStatus {
  return (id) => {
    const stated = samples.get(id)?.exomeSequenced ?? -1;
    return stated < 0 ? all || undefined : stated === 1;
  };
}
