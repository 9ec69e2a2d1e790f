import { osteonError } from "@osteon/errors";
import type { TableName } from "@osteon/deidentification";
import { CellBounds } from "../../text/cell-bounds.ts";
import type { FolderContext } from "../../text/folder-context.ts";
import { notANumber, parseDecimal } from "../../text/parse-decimal.ts";
import { readLines, splitCells, type SourceLine } from "../../text/read-lines.ts";

/** A file of the GDC with a gene a line: which of its columns are read. */
export interface GeneFileColumns<Name extends string> {
  /** What the file is, for errors. */
  readonly what: string;
  readonly names: readonly Name[];
  /** Where it is entered in the account of the files; undefined where it is looked at a second time. */
  readonly table: TableName | undefined;
}

/** A line of the file. Only valid until the next one. */
export interface GeneLine<Name extends string> {
  readonly line: number;
  /** How many genes stand before it. */
  readonly index: number;
  /** Position of a column, from 1. */
  ordinal(column: Name): number;
  text(column: Name): string;
  /** Whether the bytes of a cell are these: quicker than its text, in files of 60,000 genes a patient. */
  holds(column: Name, bytes: Uint8Array): boolean;
  /** NaN where it says that it is not known. */
  number(column: Name): number;
}

/**
 * Reads the lines of a gene file after its header, without the counters of reads that STAR puts before the genes
 * (`N_…`).
 *
 * @throws connectors.gdc-column-missing, .ragged-row, .value-not-a-number, .table-empty
 */
export async function readGeneFile<Name extends string>(
  context: FolderContext,
  file: string,
  columns: GeneFileColumns<Name | "gene_id">,
  onGene: (gene: GeneLine<Name | "gene_id">) => void,
): Promise<void> {
  let current: CurrentLine<Name | "gene_id"> | undefined;
  for await (const line of readLines(context, file, columns.table)) {
    if (current === undefined) {
      if (line.bytes[0] !== 0x23) current = new CurrentLine(file, line, columns);
      continue;
    }
    if (line.bytes[0] === 0x4e && line.bytes[1] === 0x5f) continue;
    current.advance(line);
    onGene(current);
  }
  if (current === undefined) throw osteonError("connectors.table-empty", { file });
}

class CurrentLine<Name extends string> implements GeneLine<Name> {
  line = 0;
  index = -1;
  readonly #file: string;
  readonly #width: number;
  readonly #positions = new Map<Name, number>();
  readonly #cells = new CellBounds();
  #current: SourceLine;

  constructor(file: string, header: SourceLine, { names, what }: GeneFileColumns<Name>) {
    this.#file = file;
    this.#current = header;
    const cells = splitCells(header, file).map((cell) => cell.trim());
    this.#width = cells.length;
    for (const column of names) {
      const position = cells.indexOf(column);
      if (position < 0) {
        const parameters = { file, line: header.number, column, expected: what };
        throw osteonError("connectors.gdc-column-missing", parameters);
      }
      this.#positions.set(column, position);
    }
  }

  advance(line: SourceLine): void {
    this.line = line.number;
    this.index++;
    this.#current = line;
    this.#cells.find(line);
    if (this.#cells.count !== this.#width) {
      const parameters = { file: this.#file, line: this.line, actual: this.#cells.count, expected: this.#width };
      throw osteonError("connectors.ragged-row", parameters);
    }
  }

  ordinal(column: Name): number {
    return this.#positions.get(column)! + 1;
  }

  text(column: Name): string {
    return this.#cells.text(this.#current, this.#positions.get(column)!);
  }

  holds(column: Name, bytes: Uint8Array): boolean {
    const position = this.#positions.get(column)!;
    const start = this.#cells.start(position);
    return this.#cells.end(position) - start === bytes.length && this.#matches(start, bytes);
  }

  number(column: Name): number {
    const position = this.#positions.get(column)!;
    const value = parseDecimal(this.#current.bytes, this.#cells.start(position), this.#cells.end(position));
    if (value !== notANumber) return value;
    const parameters = { file: this.#file, line: this.line, ordinal: position + 1 };
    throw osteonError("connectors.value-not-a-number", parameters);
  }

  #matches(start: number, bytes: Uint8Array): boolean {
    const { bytes: line } = this.#current;
    // From the end, where ids of neighbours differ.
    for (let i = bytes.length - 1; i >= 0; i--) if (line[start + i] !== bytes[i]) return false;
    return true;
  }
}
