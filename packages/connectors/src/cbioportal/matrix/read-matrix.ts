import { createIdentifierDetector, isMissingCode, readGeneCell, type MatrixContract } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import { readLines, splitCells, type SourceLine } from "../files/read-lines.ts";
import { refuseRows, type ReadingContext } from "../files/reading-context.ts";
import type { SampleTable } from "../read-clinical.ts";
import { readMatrixHeader, type MatrixHeader } from "./matrix-header.ts";
import { notANumber, parseDecimal } from "./parse-decimal.ts";
import { refuseSampleAsGene } from "../sample-as-gene.ts";
import { scatterRows } from "./scatter-rows.ts";

export interface MatrixReading<T extends Float32Array | Int8Array> {
  readonly contract: MatrixContract;
  readonly patients: number;
  readonly samples: SampleTable;
  /** Patient row of every chosen sample. */
  readonly chosen: ReadonlyMap<string, number>;
  /** Room for so many values, each set to the code of "not measured". */
  readonly allocate: (length: number) => T;
  /** Value stored for a number within the contract. */
  readonly convert: (value: number) => number;
}

const tab = 0x09;

/**
 * Streams a gene-by-sample matrix (genes in rows) into the cohort's layout (patients in rows). One line is
 * held at a time; the peak is twice the resulting table.
 *
 * @throws connectors.gene-twice, .gene-missing, .ragged-row, .value-not-a-number, .value-out-of-range,
 *   .matrix-empty, and what {@link readMatrixHeader} and reading lines throw
 */
export async function readMatrix<T extends Float32Array | Int8Array>(
  context: ReadingContext,
  file: string,
  reading: MatrixReading<T>,
): Promise<{ readonly genes: readonly string[]; readonly values: T }> {
  const { contract, samples, chosen } = reading;
  const { table } = contract;
  let header: MatrixHeader | undefined;
  const geneLines = new Map<string, number>();
  const rows: T[] = [];
  let withoutSymbol = 0;
  const cells = new CellBounds();
  const alarm = createIdentifierDetector("Hugo_Symbol", { column: "ids" });

  for await (const line of readLines(context, file, table)) {
    if (header === undefined) {
      if (line.bytes[0] === 0x23) continue;
      header = readMatrixHeader(context, splitCells(line, file), { file, line: line.number }, table, samples, chosen);
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
    refuseSampleAsGene(gene, samples, place);
    const first = geneLines.get(gene);
    if (first !== undefined) throw osteonError("connectors.gene-twice", { ...place, first });
    geneLines.set(gene, line.number);
    alarm.examine(gene);
    rows.push(readRow(line, file, header, cells, reading));
  }
  if (header === undefined || rows.length === 0) throw osteonError("connectors.matrix-empty", { file, what: "genes" });

  refuseRows(context, table, "genes with an Entrez id and no symbol", withoutSymbol);
  for (const found of alarm.report()) context.findings.push({ table, column: "Hugo_Symbol", taken: true, ...found });
  const values = reading.allocate(reading.patients * rows.length);
  scatterRows(rows, header.patients, values);
  return { genes: [...geneLines.keys()], values };
}

function readRow<T extends Float32Array | Int8Array>(
  line: SourceLine,
  file: string,
  header: MatrixHeader,
  cells: CellBounds,
  reading: MatrixReading<T>,
): T {
  const { minimum, maximum, values: allowed, unit } = reading.contract;
  const row = reading.allocate(header.patients.length);
  for (let column = 0; column < header.columns; column++) {
    const target = header.targets[column]!;
    if (target < 0) continue;
    const value = parseDecimal(line.bytes, cells.start(column), cells.end(column));
    if (Number.isNaN(value)) continue;
    if (value === notANumber) {
      throw osteonError("connectors.value-not-a-number", { file, line: line.number, ordinal: column + 1 });
    }
    if (value < minimum || value > maximum || (allowed !== undefined && !allowed.includes(value))) {
      const range = allowed === undefined ? `${minimum} to ${maximum}` : allowed.join(", ");
      const parameters = { file, line: line.number, ordinal: column + 1, allowed: range, unit };
      throw osteonError("connectors.value-out-of-range", parameters);
    }
    row[target] = reading.convert(value);
  }
  return row;
}

/** Where the cells of a line begin and end. Reused from line to line. */
class CellBounds {
  count = 0;
  #ends = new Int32Array(1024);

  find(line: SourceLine): void {
    const { bytes } = line;
    this.count = 0;
    for (let at = bytes.indexOf(tab); at >= 0; at = bytes.indexOf(tab, at + 1)) this.#push(at);
    this.#push(bytes.length);
  }

  start(column: number): number {
    return column === 0 ? 0 : this.#ends[column - 1]! + 1;
  }

  end(column: number): number {
    return this.#ends[column]!;
  }

  text(line: SourceLine, column: number): string {
    return line.bytes.toString("utf8", this.start(column), this.end(column));
  }

  #push(end: number): void {
    if (this.count === this.#ends.length) {
      const wider = new Int32Array(this.#ends.length * 2);
      wider.set(this.#ends);
      this.#ends = wider;
    }
    this.#ends[this.count++] = end;
  }
}
