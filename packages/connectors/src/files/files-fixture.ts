import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SourceExtract } from "@osteon/deidentification";
import { parquetWriteFile, type ColumnSource } from "hyparquet-writer";
import { readMapping } from "./mapping/read-mapping.ts";
import { readFiles } from "./read-files.ts";

/** Rows of a table, header first. For tests. */
export type Rows = readonly (readonly string[])[];

/** Joins cells as RFC 4180 has it. */
export function csv(rows: Rows, separator = ","): string {
  const quote = (cell: string) =>
    /["\n]/.test(cell) || cell.includes(separator) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return rows.map((row) => `${row.map(quote).join(separator)}\r\n`).join("");
}

/** Turns rows into columns. */
export function transpose(rows: Rows): string[][] {
  return rows[0]!.map((_, at) => rows.map((row) => row[at]!));
}

const missing = new Set(["", "NA"]);

/** Writes rows to Parquet: a column is of doubles where all its cells are numbers or missing, else of text. */
export function writeParquet(
  filename: string,
  [header, ...data]: Rows,
  options: Partial<Omit<Parameters<typeof parquetWriteFile>[0], "filename" | "columnData">> = {},
): void {
  const columnData = header!.map((name, at): ColumnSource => {
    const cells = data.map((row) => row[at]!);
    const isText =
      cells.every((cell) => missing.has(cell)) || cells.some((cell) => Number.isNaN(Number(cell.replace(/^NA$/, ""))));
    return isText
      ? { name, type: "STRING", data: cells.map((cell) => (missing.has(cell) ? null : cell)) }
      : { name, type: "DOUBLE", data: cells.map((cell) => (missing.has(cell) ? null : Number(cell))) };
  });
  parquetWriteFile({ filename, columnData, ...options });
}

export interface H5adContent {
  readonly samples: readonly string[];
  readonly genes: readonly string[];
  /** A row a sample. */
  readonly values: readonly (readonly number[])[];
  readonly encoding?: "array" | "csr_matrix" | "csc_matrix";
  /** Where the matrix stands; `X` by default. */
  readonly path?: string;
}

type H5 = typeof import("h5wasm/node");
type H5Group = InstanceType<H5["Group"]>;

/** Writes an AnnData file as anndata 0.8 and later do. */
export async function writeH5ad(
  filename: string,
  content: H5adContent,
  more: (file: H5Group) => void = () => undefined,
): Promise<void> {
  const { File, ready } = await import("h5wasm/node");
  await ready;
  const { samples, genes, values, encoding = "array", path = "X" } = content;
  const file = new File(filename, "w");
  encode(file, "anndata");
  const frame = (name: string, index: readonly string[], parent: H5Group = file): void => {
    const group = parent.create_group(name);
    encode(group, "dataframe");
    group.create_attribute("_index", "_index");
    group.create_dataset({ name: "_index", data: [...index] });
  };
  frame("obs", samples);
  frame("var", genes);
  const [name, folder] = path.split("/").reverse() as [string, string?];
  const parent = folder === undefined ? file : file.create_group(folder);
  if (folder === "raw") frame("var", genes, parent);
  const shape = [samples.length, genes.length];
  if (encoding === "array") {
    encode(parent.create_dataset({ name, data: Float32Array.from(values.flat()), shape, dtype: "<f4" }), "array");
  } else {
    const lines = encoding === "csr_matrix" ? values : genes.map((_, gene) => values.map((row) => row[gene]!));
    const group = parent.create_group(name);
    encode(group, encoding);
    group.create_attribute("shape", BigInt64Array.from(shape, BigInt));
    const filled = lines.map((line) => line.flatMap((value, at) => (value === 0 ? [] : [{ value, at }])));
    const ends = filled.reduce((sums, line) => [...sums, sums.at(-1)! + line.length], [0]);
    group.create_dataset({ name: "indptr", data: Int32Array.from(ends) });
    group.create_dataset({ name: "indices", data: Int32Array.from(filled.flat(), ({ at }) => at) });
    group.create_dataset({ name: "data", data: Float32Array.from(filled.flat(), ({ value }) => value) });
  }
  more(file);
  file.close();
}

/** Marks a part with its encoding. */
export function encode(part: Pick<H5Group, "create_attribute">, encoding: string): void {
  part.create_attribute("encoding-type", encoding);
  part.create_attribute("encoding-version", "0.2.0");
}

/** Reads a mapping and its files out of a new temporary folder, which `write` may add to. */
export async function readFolder(
  mapping: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
  write: (directory: string) => void | Promise<void> = () => undefined,
): Promise<SourceExtract> {
  const directory = await mkdtemp(join(tmpdir(), "osteon-files-"));
  try {
    const path = join(directory, "mapping.yaml");
    await writeFile(path, mapping);
    for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
    await write(directory);
    return await readFiles(await readMapping(path));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Three made-up patients with every modality, one sample each. */
export const smallTables = {
  patients: [
    ["PATIENT_ID", "SEX", "AGE", "OS_STATUS", "OS_MONTHS", "METASTATIC_AT_DIAGNOSIS"],
    ["S1", "Male", "12.5", "0:LIVING", "10", "No"],
    ["S2", "Female", "15", "1:DECEASED", "0", "Yes"],
    ["S3", "", "NA", "", "", ""],
  ],
  samples: [
    ["PATIENT_ID", "SAMPLE_ID", "SAMPLE_TYPE", "EXOME_SEQUENCED"],
    ["S1", "S1-01", "Primary", "1"],
    ["S2", "S2-01", "Primary", "1"],
    ["S3", "S3-01", "Primary", "0"],
  ],
  mutations: [
    ["Hugo_Symbol", "Variant_Classification", "Tumor_Sample_Barcode"],
    ["TP53", "Missense_Mutation", "S1-01"],
    ["ATRX", "Silent", "S1-01"],
  ],
  copyNumber: [
    ["Hugo_Symbol", "S1-01", "S2-01"],
    ["MYC", "2", "-2"],
    ["RB1", "NA", "-2"],
  ],
  expression: [
    ["Hugo_Symbol", "S2-01", "S1-01"],
    ["RUNX2", "5.25", "10"],
    ["TP53", "0", "NA"],
  ],
} as const satisfies Record<string, Rows>;

/** The mapping of {@link smallTables} in files of one suffix, all of it stated but what needs no words. */
export function smallMapping(
  suffix: string,
  more: { readonly expression?: string; readonly mutations?: string } = {},
): string {
  return `
patients: { file: patients.${suffix} }
samples: { file: samples.${suffix} }
mutations: { file: mutations.${suffix}${more.mutations ?? ""} }
copy_number: { file: copy_number.${suffix} }
expression: { file: expression.${suffix}, unit: log2(TPM+1)${more.expression ?? ""} }
`;
}

/** {@link smallTables} as CSV, with some of them in another form. */
export function smallFiles(others: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    "patients.csv": csv(smallTables.patients),
    "samples.csv": csv(smallTables.samples),
    "mutations.csv": csv(smallTables.mutations),
    "copy_number.csv": csv(smallTables.copyNumber),
    "expression.csv": csv(smallTables.expression),
    ...others,
  };
}
