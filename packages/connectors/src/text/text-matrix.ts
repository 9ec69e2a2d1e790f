import { isMissingCode, readGeneCell } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import { MatrixCollector } from "../reading/matrix/matrix-collector.ts";
import { readMatrixHeader, type MatrixHeader } from "../reading/matrix/matrix-header.ts";
import type { GeneMatrix, MatrixReading, MatrixSource, MatrixValues } from "../reading/matrix/matrix-source.ts";
import { refuseRows } from "../reading/reading-context.ts";
import { CellBounds } from "./cell-bounds.ts";
import type { FolderContext } from "./folder-context.ts";
import { notANumber, parseDecimal } from "./parse-decimal.ts";
import { readLines, splitCells, type SourceLine } from "./read-lines.ts";

/** A tab-separated gene-by-sample matrix, genes in rows. */
export function openTextMatrix(context: FolderContext, file: string): MatrixSource {
  return { name: file, read: (_, reading) => readTextMatrix(context, file, reading) };
}

/**
 * Streams the matrix, one line at a time.
 *
 * @throws connectors.gene-missing, .ragged-row, .value-not-a-number, .matrix-empty, and what
 *   {@link readMatrixHeader}, {@link MatrixCollector} and reading lines throw
 */
async function readTextMatrix<T extends MatrixValues>(
  context: FolderContext,
  file: string,
  reading: MatrixReading<T>,
): Promise<GeneMatrix<T>> {
  const { table } = reading.contract;
  let header: MatrixHeader | undefined;
  let collector: MatrixCollector<T> | undefined;
  let withoutSymbol = 0;
  const cells = new CellBounds();

  for await (const line of readLines(context, file, table)) {
    if (header === undefined || collector === undefined) {
      if (line.bytes[0] === 0x23) continue;
      header = readMatrixHeader(context, splitCells(line, file), { file, line: line.number }, reading);
      collector = new MatrixCollector(context, file, reading, header.patients);
      continue;
    }
    cells.find(line);
    if (cells.count !== header.columns) {
      const parameters = { file, line: line.number, actual: cells.count, expected: header.columns };
      throw osteonError("connectors.ragged-row", parameters);
    }
    const place = { file, line: line.number, column: "Hugo_Symbol", ordinal: header.geneColumn + 1 };
    const gene = readGeneCell(cells.text(line, header.geneColumn), place);
    if (gene === undefined) {
      // Entrez ids cannot be matched to drivers and pathways, which go by symbol: left out and counted.
      const hasEntrez = header.entrezColumn >= 0 && !isMissingCode(cells.text(line, header.entrezColumn));
      if (!hasEntrez) throw osteonError("connectors.gene-missing", place);
      withoutSymbol++;
      continue;
    }
    fillRow(collector.addGene(gene, place), line, file, header, cells, collector);
  }
  if (collector === undefined) throw osteonError("connectors.matrix-empty", { file, what: "genes" });
  refuseRows(context, table, "genes with an Entrez id and no symbol", withoutSymbol);
  return collector.finish();
}

function fillRow<T extends MatrixValues>(
  row: T,
  line: SourceLine,
  file: string,
  header: MatrixHeader,
  cells: CellBounds,
  collector: MatrixCollector<T>,
): void {
  for (let column = 0; column < header.columns; column++) {
    const target = header.targets[column]!;
    if (target < 0) continue;
    const value = parseDecimal(line.bytes, cells.start(column), cells.end(column));
    if (Number.isNaN(value)) continue;
    if (value === notANumber) {
      throw osteonError("connectors.value-not-a-number", { file, line: line.number, ordinal: column + 1 });
    }
    row[target] = collector.convert(value, line.number, column + 1);
  }
}
