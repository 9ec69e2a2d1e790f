import { MatrixCollector } from "../../reading/matrix/matrix-collector.ts";
import type { GeneMatrix, MatrixReading, MatrixSource, MatrixValues } from "../../reading/matrix/matrix-source.ts";
import { refuseRows } from "../../reading/reading-context.ts";
import type { FolderContext } from "../../text/folder-context.ts";
import type { GdcFile } from "../download/download-manifest.ts";
import { readGeneFile } from "./gene-file.ts";
import { GeneRowsById } from "./gene-rows-by-id.ts";
import { fileOfEachSample } from "./open-download.ts";
import { SampleValues } from "./sample-values.ts";

/** Transcripts per million as the GDC gives them, or its counts of reads. */
export type GdcExpression = "tpm" | "counts";

const valueColumn = { tpm: "tpm_unstranded", counts: "unstranded" } as const;

/**
 * The STAR count files of a download, one a sample, as one matrix.
 *
 * Counts are made counts per million reads of the sample's own library, over all its genes (edgeR's `cpm` without
 * TMM factors; Robinson, McCarthy & Smyth 2010, doi:10.1093/bioinformatics/btp616). Factors estimated over the cohort
 * would put every patient into each patient's values: held-out patients would not be held out.
 */
export function openCountFiles(
  context: FolderContext,
  files: readonly GdcFile[],
  expression: GdcExpression,
  geneTypes: readonly string[],
): MatrixSource {
  const read = <T extends MatrixValues>(_: unknown, reading: MatrixReading<T>) =>
    readCountFiles(context, files, reading, expression, new Set(geneTypes));
  return { name: "expression", read };
}

async function readCountFiles<T extends MatrixValues>(
  context: FolderContext,
  files: readonly GdcFile[],
  reading: MatrixReading<T>,
  expression: GdcExpression,
  geneTypes: ReadonlySet<string>,
): Promise<GeneMatrix<T>> {
  const { table } = reading.contract;
  const column = valueColumn[expression];
  const { paths, further } = fileOfEachSample(files);
  const measured = [...reading.chosen].filter(([sample]) => paths.has(sample));
  const patients = measured.map(([, patient]) => patient);
  const collector = new MatrixCollector(context, "expression", reading, patients);
  const rows = new GeneRowsById<T, "gene_type">(collector, (_, gene) => ({
    leftOut: geneTypes.has(gene.text("gene_type")) ? undefined : "type",
    isOfBaseline: false,
  }));
  const columns = { what: "STAR - Counts", names: ["gene_id", "gene_name", "gene_type", column], table } as const;
  let known = 0;
  let withoutReads = 0;
  for (const [k, [sample]] of measured.entries()) {
    const file = paths.get(sample)!;
    const values = new SampleValues<T>();
    let librarySize = 0;
    await readGeneFile<"gene_name" | "gene_type" | typeof column>(context, file, columns, (line) => {
      const { row } = rows.geneOf(line, file);
      const value = line.number(column);
      if (Number.isNaN(value)) return;
      librarySize += value;
      if (row !== undefined) values.add(row, value, line.line, line.ordinal(column));
    });
    // A library without a read measures nothing; 0 would be a value.
    if (librarySize === 0 && expression === "counts") {
      withoutReads++;
      continue;
    }
    const factor = expression === "tpm" ? 1 : 1e6 / librarySize;
    values.store(k, (value, line, ordinal) => collector.convert(value * factor, line, ordinal, file));
    known += values.length;
  }
  if (measured.length > 0) context.columns.push({ table, column, taken: true, role: "genomic" });
  refuseRows(context, table, "files of further aliquots of a sample", further);
  refuseRows(context, table, "samples without a read in any gene", withoutReads);
  refuseRows(context, table, `genes of other types than ${[...geneTypes].sort().join(", ")}`, rows.count("type"));
  refuseRows(context, table, "genes told a second time on Y", rows.count("second on Y"));
  const absent = rows.genes * (measured.length - withoutReads) - known;
  if (absent > 0) context.notes.push(`${absent} values of genes that not every count file has are unknown.`);
  return collector.finish();
}

/** Types of genes by Ensembl id, as a count file tells them: the files of a data release share one annotation. */
export async function readGeneTypes(context: FolderContext, file: string): Promise<ReadonlyMap<string, string>> {
  const types = new Map<string, string>();
  const columns = { what: "STAR - Counts", names: ["gene_id", "gene_type"], table: undefined } as const;
  await readGeneFile<"gene_type">({ ...context, onProgress: undefined }, file, columns, (gene) => {
    types.set(gene.text("gene_id"), gene.text("gene_type"));
  });
  return types;
}
