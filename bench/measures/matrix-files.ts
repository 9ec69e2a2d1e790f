import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { parquetWriteFile } from "hyparquet-writer";
import type { FileQuestion } from "../processes/load-files-process.ts";

interface Size {
  readonly patients: number;
  readonly genes: number;
}

/** One kind of file with an expression matrix. */
export interface FileArm {
  readonly suffix: string;
  /** The plain reading of such a file. */
  readonly plain: Exclude<FileQuestion["kind"], "load">;
  /** The mapping does not state the unit, which takes a further reading. */
  readonly isDetected?: boolean;
  readonly write: (file: string, size: Size) => Promise<void>;
}

const patientOf = (patient: number) => `P${String(patient + 1).padStart(5, "0")}`;
const geneOf = (gene: number) => `GENE${gene + 1}`;
/** log2(TPM+1) with four decimals; what 2^x − 1 of a sample adds up to stays under a million. */
const valueOf = (gene: number, patient: number) =>
  Math.round(Math.abs(Math.sin(gene * 0.37 + patient * 1.13)) * 70_000) / 1e4;
const range = (length: number) => Array.from({ length }, (_, index) => index);

/** Patients who are alive. */
export async function writeClinical(file: string, { patients }: Size): Promise<void> {
  const rows = range(patients).map((patient) => `${patientOf(patient)},15,0,20,no\n`);
  await writeFile(file, `PATIENT_ID,AGE,OS_STATUS,OS_MONTHS,METASTATIC_AT_DIAGNOSIS\n${rows.join("")}`);
}

async function writeText(file: string, { patients, genes }: Size): Promise<void> {
  await pipeline(function* () {
    yield `gene,${range(patients).map(patientOf).join(",")}\n`;
    for (let gene = 0; gene < genes; gene++) {
      yield `${geneOf(gene)},${range(patients)
        .map((patient) => valueOf(gene, patient))
        .join(",")}\n`;
    }
  }, createWriteStream(file));
}

const doubles = (name: string, length: number, value: (row: number) => number) =>
  ({ name, type: "DOUBLE", data: Float64Array.from({ length }, (_, row) => value(row)) }) as const;

async function writeGenesInRows(filename: string, { patients, genes }: Size): Promise<void> {
  const names = { name: "gene", type: "STRING", data: range(genes).map(geneOf) } as const;
  const columns = range(patients).map((patient) =>
    doubles(patientOf(patient), genes, (gene) => valueOf(gene, patient)),
  );
  await Promise.resolve(parquetWriteFile({ filename, columnData: [names, ...columns], rowGroupSize: 5000 }));
}

async function writeSamplesInRows(filename: string, { patients, genes }: Size): Promise<void> {
  const names = { name: "id", type: "STRING", data: range(patients).map(patientOf) } as const;
  const columns = range(genes).map((gene) => doubles(geneOf(gene), patients, (patient) => valueOf(gene, patient)));
  await Promise.resolve(parquetWriteFile({ filename, columnData: [names, ...columns] }));
}

async function writeAnnData(filename: string, { patients, genes }: Size): Promise<void> {
  const { File, ready } = await import("h5wasm/node");
  await ready;
  const file = new File(filename, "w");
  const encode = (part: Pick<typeof file, "create_attribute">, encoding: string) =>
    part.create_attribute("encoding-type", encoding);
  for (const [name, index] of [
    ["obs", range(patients).map(patientOf)],
    ["var", range(genes).map(geneOf)],
  ] as const) {
    const frame = file.create_group(name);
    encode(frame, "dataframe");
    frame.create_attribute("_index", "_index");
    frame.create_dataset({ name: "_index", data: index });
  }
  const data = new Float32Array(patients * genes);
  for (let patient = 0; patient < patients; patient++) {
    for (let gene = 0; gene < genes; gene++) data[patient * genes + gene] = valueOf(gene, patient);
  }
  encode(file.create_dataset({ name: "X", data, shape: [patients, genes], dtype: "<f4" }), "array");
  file.close();
}

/** The kinds of files, by the name by which the benchmark calls them. */
export const fileArms: Readonly<Record<string, FileArm>> = {
  csv: { suffix: "csv", plain: "csv", write: writeText },
  "csv-detected": { suffix: "csv", plain: "csv", isDetected: true, write: writeText },
  "parquet-genes-in-rows": { suffix: "parquet", plain: "parquet", write: writeGenesInRows },
  "parquet-samples-in-rows": { suffix: "parquet", plain: "parquet", write: writeSamplesInRows },
  h5ad: { suffix: "h5ad", plain: "h5ad", write: writeAnnData },
};
