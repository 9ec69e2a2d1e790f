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
import { SampleValues } from "./sample-values.ts";

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
  const rows = new GeneRowsById<T, "chromosome">(collector, (id, gene) => {
    const type = geneTypes?.types.get(id);
    const isAutosomal = autosome.test(gene.text("chromosome"));
    const isWanted = geneTypes === undefined || (type !== undefined && wanted.has(type));
    return {
      leftOut: isWanted ? (isAutosomal ? undefined : "sex chromosome") : "type",
      isOfBaseline: isAutosomal && (geneTypes === undefined || type === proteinCoding),
    };
  });
  const columns = {
    what: "Gene Level Copy Number",
    names: ["gene_id", "gene_name", "chromosome", "copy_number"],
    table,
  } as const;
  let withoutBaseline = 0;
  for (const [k, [sample]] of measured.entries()) {
    const file = paths.get(sample)!;
    const copies = new SampleValues<T>();
    const ofBaseline: number[] = [];
    await readGeneFile<"gene_name" | "chromosome" | "copy_number">(context, file, columns, (line) => {
      const { row, isOfBaseline } = rows.geneOf(line, file);
      const value = line.number("copy_number");
      if (Number.isNaN(value)) return;
      const ordinal = line.ordinal("copy_number");
      if (!Number.isInteger(value) || value < 0) {
        const parameters = { file, line: line.line, ordinal, allowed: "whole numbers from 0", unit: "copies" };
        throw osteonError("connectors.value-out-of-range", parameters);
      }
      if (isOfBaseline) ofBaseline.push(value);
      if (row !== undefined) copies.add(row, value, line.line, ordinal);
    });
    const baseline = copyNumberBaseline(ofBaseline);
    if (baseline === undefined) {
      withoutBaseline++;
      continue;
    }
    copies.store(k, (value, line, ordinal) => collector.convert(copyNumberLevel(value, baseline), line, ordinal, file));
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
