import { osteonError } from "@osteon/errors";
import { MatrixCollector } from "../../reading/matrix/matrix-collector.ts";
import type { GeneMatrix, MatrixReading, MatrixSource, MatrixValues } from "../../reading/matrix/matrix-source.ts";
import { refuseRows } from "../../reading/reading-context.ts";
import type { FolderContext } from "../../text/folder-context.ts";
import type { GdcFile } from "../download/download-manifest.ts";
import { copyNumberBaseline, copyNumberLevel } from "./copy-number-level.ts";
import { readGeneFile } from "./gene-file.ts";
import { GeneRowsById } from "./gene-rows-by-id.ts";
import { fileOfEachSample } from "./open-download.ts";

const proteinCoding = "protein_coding";
const autosome = /^chr(?:[1-9]|1\d|2[0-2])$/;

/** Types of genes by Ensembl id, and those that are read; undefined where no file tells types. */
export interface GeneTypes {
  readonly types: ReadonlyMap<string, string>;
  readonly wanted: readonly string[];
}

/**
 * The gene-level copy number files of a download, one a pair of tumour and normal aliquot, as one matrix of levels.
 * Genes of X and Y are left out: their copies tell a patient's sex before they tell a tumour's change.
 */
export function openCopyNumberFiles(
  context: FolderContext,
  files: readonly GdcFile[],
  readTypes: () => Promise<GeneTypes | undefined>,
): MatrixSource {
  const read = async <T extends MatrixValues>(_: unknown, reading: MatrixReading<T>) =>
    readCopyNumberFiles(context, files, reading, await readTypes());
  return { name: "copy number", read };
}

async function readCopyNumberFiles<T extends MatrixValues>(
  context: FolderContext,
  files: readonly GdcFile[],
  reading: MatrixReading<T>,
  geneTypes: GeneTypes | undefined,
): Promise<GeneMatrix<T>> {
  const { table } = reading.contract;
  const { paths, further } = fileOfEachSample(files);
  const measured = [...reading.chosen].filter(([sample]) => paths.has(sample));
  const patients = measured.map(([, patient]) => patient);
  const collector = new MatrixCollector(context, "copy number", reading, patients);
  const wanted = new Set(geneTypes?.wanted);
  const chromosomeOf = new Map<string, string>();
  const rows = new GeneRowsById(collector, (id) => {
    if (geneTypes !== undefined && !wanted.has(geneTypes.types.get(id) ?? "")) return "type";
    return autosome.test(chromosomeOf.get(id)!) ? undefined : "sex chromosome";
  });
  let withoutBaseline = 0;
  for (const [k, [sample]] of measured.entries()) {
    const file = paths.get(sample)!;
    const copies: { readonly row: T; readonly value: number; readonly line: number; readonly ordinal: number }[] = [];
    const ofBaseline: number[] = [];
    const columns = {
      what: "Gene Level Copy Number",
      names: ["gene_id", "gene_name", "chromosome", "copy_number"],
      table,
    } as const;
    for await (const gene of readGeneFile<"gene_name" | "chromosome" | "copy_number">(context, file, columns)) {
      const id = gene.text("gene_id");
      const chromosome = gene.text("chromosome");
      if (!chromosomeOf.has(id)) chromosomeOf.set(id, chromosome);
      const row = rows.rowOf(gene, file);
      const value = gene.number("copy_number");
      if (Number.isNaN(value)) continue;
      const ordinal = gene.ordinal("copy_number");
      if (!Number.isInteger(value) || value < 0) {
        const parameters = { file, line: gene.line, ordinal, allowed: "whole numbers from 0", unit: "copies" };
        throw osteonError("connectors.value-out-of-range", parameters);
      }
      const isCoding = geneTypes === undefined || geneTypes.types.get(id) === proteinCoding;
      if (isCoding && autosome.test(chromosome)) ofBaseline.push(value);
      if (row !== null) copies.push({ row, value, line: gene.line, ordinal });
    }
    const baseline = copyNumberBaseline(ofBaseline);
    if (baseline === undefined) {
      withoutBaseline++;
      continue;
    }
    for (const { row, value, line, ordinal } of copies) {
      row[k] = collector.convert(copyNumberLevel(value, baseline), line, ordinal, file);
    }
  }
  if (measured.length > 0) context.columns.push({ table, column: "copy_number", taken: true, role: "genomic" });
  refuseRows(context, table, "files of further aliquots of a sample", further);
  refuseRows(
    context,
    table,
    "samples in which most genes have no copy, so that no gain or loss can be told",
    withoutBaseline,
  );
  refuseRows(context, table, `genes of other types than ${[...wanted].sort().join(", ")}`, rows.count("type"));
  refuseRows(
    context,
    table,
    "genes of the chromosomes X and Y",
    rows.count("sex chromosome") + rows.count("second on Y"),
  );
  context.notes.push(
    "Copies of genes became levels of -2 to 2 against the commonest number of copies in each sample, as the GDC does.",
  );
  return collector.finish();
}
