import { isMissingCode } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { ReadingContext } from "../reading-context.ts";
import type { MatrixReading, MatrixValues } from "./matrix-source.ts";

/** Columns that genomic matrices carry beside the gene and the samples. Dropped by name, never by guess. */
const annotationColumns: ReadonlySet<string> = new Set([
  "entrez_gene_id",
  "cytoband",
  "locus id",
  "locus_id",
  "composite.element.ref",
]);

export interface MatrixHeader {
  readonly columns: number;
  readonly geneColumn: number;
  /** −1 where the matrix has none. */
  readonly entrezColumn: number;
  /** Place of a column among the chosen samples' columns, or −1 for a column that is not read. */
  readonly targets: Int32Array;
  /** Patient row of each chosen column. */
  readonly patients: readonly number[];
}

/**
 * Reads the header row of a matrix: a gene column, annotations, one column a sample.
 *
 * @throws connectors.gene-column-missing, .sample-column-unknown, .sample-column-twice, .matrix-empty
 */
export function readMatrixHeader(
  context: ReadingContext,
  cells: readonly string[],
  place: { readonly file: string; readonly line: number },
  { contract: { table }, samples, chosen }: Pick<MatrixReading<MatrixValues>, "contract" | "samples" | "chosen">,
): MatrixHeader {
  const headers = cells.map((cell) => cell.trim());
  const geneColumn = headers.findIndex((header) => header.toLowerCase() === "hugo_symbol");
  if (geneColumn < 0) throw osteonError("connectors.gene-column-missing", { ...place });
  context.columns.push({ table, column: "Hugo_Symbol", taken: true, role: "genomic" });
  const targets = new Int32Array(headers.length).fill(-1);
  const patients: number[] = [];
  const firstOrdinal = new Map<string, number>();
  headers.forEach((header, index) => {
    if (index === geneColumn) return;
    if (annotationColumns.has(header.toLowerCase())) {
      context.columns.push({ table, column: header, taken: false, reason: "not in the contract" });
      return;
    }
    if (isMissingCode(header) || !samples.samples.has(header)) {
      const parameters = { ...place, ordinal: index + 1, samples: samples.file };
      throw osteonError("connectors.sample-column-unknown", parameters);
    }
    const first = firstOrdinal.get(header);
    if (first !== undefined)
      throw osteonError("connectors.sample-column-twice", { ...place, first, second: index + 1 });
    firstOrdinal.set(header, index + 1);
    const patient = chosen.get(header);
    if (patient === undefined) return;
    targets[index] = patients.length;
    patients.push(patient);
  });
  if (firstOrdinal.size === 0) throw osteonError("connectors.matrix-empty", { file: place.file, what: "samples" });
  const entrezColumn = headers.findIndex((header) => header.toLowerCase() === "entrez_gene_id");
  return { columns: headers.length, geneColumn, entrezColumn, targets, patients };
}
