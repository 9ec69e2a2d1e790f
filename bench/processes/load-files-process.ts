// The measured half of bench/load-files.ts: one reading in a process of its own.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { readFiles, readMapping } from "@osteon/connectors";
import type { Dataset } from "h5wasm/node";
import { asyncBufferFromFile, parquetRead } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { answerProcess, peakMebibytes } from "./ask-process.ts";

export interface FileQuestion {
  /** `load` takes the file of a mapping, the plain readings that of the matrix. */
  readonly kind: "load" | "csv" | "parquet" | "h5ad";
  readonly file: string;
}

export interface FileAnswer {
  /** Numbers that were read. */
  readonly values: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
}

const readings: Readonly<Record<FileQuestion["kind"], (file: string) => Promise<number>>> = {
  load: async (file) => {
    const { cohort } = await readFiles(await readMapping(file));
    let known = 0;
    for (const value of cohort.expression.values) if (!Number.isNaN(value)) known++;
    return known;
  },
  csv: async (file) => {
    let values = 0;
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const cells = line.split(",");
      for (let cell = 1; cell < cells.length; cell++) if (!Number.isNaN(Number(cells[cell]))) values++;
    }
    return values;
  },
  parquet: async (file) => {
    let values = 0;
    await parquetRead({
      file: await asyncBufferFromFile(file),
      compressors,
      onChunk: ({ columnData }) => (values += columnData.length),
    });
    return values;
  },
  h5ad: async (file) => {
    const { File, ready } = await import("h5wasm/node");
    await ready;
    const matrix = new File(file, "r").get("X") as Dataset;
    const [rows] = matrix.shape!;
    let values = 0;
    for (let row = 0; row < rows!; row += 100) {
      const slice = matrix.slice([[row, Math.min(rows!, row + 100)], []]) as Float32Array;
      for (const value of slice) if (!Number.isNaN(value)) values++;
    }
    return values;
  },
};

answerProcess(async ({ kind, file }: FileQuestion): Promise<FileAnswer> => {
  const cpuStart = process.cpuUsage();
  const start = performance.now();
  const values = await readings[kind](file);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpuStart);
  return { values, seconds, cpuSeconds: (user + system) / 1e6, peakMebibytes: peakMebibytes() };
});
