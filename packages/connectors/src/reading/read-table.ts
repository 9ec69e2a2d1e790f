import {
  createIdentifierDetector,
  matchColumns,
  publishableHeader,
  readCodeCell,
  readDateCell,
  readGeneCell,
  readIdentifierCell,
  readLabelCell,
  readNumberCell,
  type CellPlace,
  type ColumnContract,
  type ColumnKind,
  type ColumnMatch,
  type IdentifierDetector,
  type TableContract,
} from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { ReadingContext } from "./reading-context.ts";
import type { SourceTable } from "./source-table.ts";

/** Values of a genomic file's dropped column that the alarm looks at; such a file may have millions. */
const annotationsExamined = 2_000;

/** One row of a table, read through its contract. Only valid until the next row. */
export interface TableRow<Name extends string> {
  readonly line: number;
  /** Whether the table has the column. */
  has(column: Name): boolean;
  place(column: Name): CellPlace;
  identifier(column: Name): string;
  /** Undefined where the cell names no gene. */
  gene(column: Name): string | undefined;
  /** Undefined where unknown or where the table does not have the column. */
  label(column: Name): string | undefined;
  /** NaN where unknown or where the table does not have the column. */
  number(column: Name): number;
  /** −1 where unknown or where the table does not have the column. */
  code(column: Name): number;
  /** Days from 1 January 1970; NaN where unknown or where the table does not have the column. */
  date(column: Name): number;
}

/**
 * Reads a table through its contract: the contract's columns reach `onRow`, the others only the alarm.
 * Returns the number of rows.
 *
 * @throws connectors.table-empty (unless `mayBeEmpty`), .ragged-row, and what {@link matchColumns} and the cells throw
 */
export async function readTable<Name extends string>(
  context: ReadingContext,
  source: SourceTable,
  contract: TableContract<Name>,
  onRow: (row: TableRow<Name>) => void,
  options: { readonly mayBeEmpty: boolean } = { mayBeEmpty: false },
): Promise<number> {
  let reader: TableReader<Name> | undefined;
  let rows = 0;
  for await (const { line, cells, file = source.name } of source.rows) {
    if (reader === undefined) {
      reader = new TableReader(source.name, contract, cells, line, context);
      continue;
    }
    reader.advance(cells, line, file);
    onRow(reader);
    rows++;
  }
  if (reader === undefined || (rows === 0 && !options.mayBeEmpty))
    throw osteonError("connectors.table-empty", { file: source.name });
  reader.close(context);
  return rows;
}

class TableReader<Name extends string> implements TableRow<Name> {
  line = 0;
  #file: string;
  readonly #contract: TableContract<Name>;
  readonly #headers: readonly string[];
  readonly #match: ColumnMatch<Name>;
  readonly #detectors: readonly { readonly index: number; readonly detector: IdentifierDetector }[];
  #cells: readonly string[] = [];

  constructor(
    file: string,
    contract: TableContract<Name>,
    headers: readonly string[],
    headerLine: number,
    context: ReadingContext,
  ) {
    this.#file = file;
    this.#contract = contract;
    this.#headers = headers;
    this.#match = matchColumns(contract, headers, context.fieldsToRemove, { file, line: headerLine });
    for (const field of this.#match.removed) context.removedFields.add(field);
    const isClinical = contract.table === "clinical-patient" || contract.table === "clinical-sample";
    const dropped = this.#match.dropped.map(({ index }) => {
      const options = isClinical
        ? ({ column: "dropped" } as const)
        : ({ column: "annotations", maximumValues: annotationsExamined } as const);
      return { index, detector: createIdentifierDetector(headers[index]!, options) };
    });
    const ids = [...this.#match.taken]
      .filter(([name]) => contract.columns[name].kind.type === "identifier")
      .map(([name, index]) => ({ index, detector: createIdentifierDetector(name, { column: "ids" }) }));
    this.#detectors = [...dropped, ...ids];
  }

  advance(cells: readonly string[], line: number, file: string): void {
    this.#file = file;
    if (cells.length !== this.#headers.length) {
      const parameters = { file: this.#file, line, actual: cells.length, expected: this.#headers.length };
      throw osteonError("connectors.ragged-row", parameters);
    }
    this.line = line;
    this.#cells = cells;
    for (const { index, detector } of this.#detectors) detector.examine(cells[index]!.trim());
  }

  has(column: Name): boolean {
    return this.#match.taken.has(column);
  }

  place(column: Name): CellPlace {
    return { file: this.#file, line: this.line, column, ordinal: (this.#match.taken.get(column) ?? -1) + 1 };
  }

  identifier(column: Name): string {
    return readIdentifierCell(this.#cell(column), this.place(column));
  }

  gene(column: Name): string | undefined {
    return readGeneCell(this.#cell(column), this.place(column));
  }

  label(column: Name): string | undefined {
    return readLabelCell(this.#cell(column), this.place(column));
  }

  number(column: Name): number {
    return readNumberCell(this.#cell(column), this.#kind(column, "number"), this.place(column));
  }

  code(column: Name): number {
    return readCodeCell(this.#cell(column), this.#kind(column, "code"), this.place(column));
  }

  date(column: Name): number {
    this.#kind(column, "date");
    return readDateCell(this.#cell(column), this.place(column));
  }

  /** Hands the account of the columns and of the alarm to the reading. */
  close(context: ReadingContext): void {
    const table = this.#contract.table;
    const names = new Map<number, { readonly column: string; readonly taken: boolean }>();
    for (const [name, index] of this.#match.taken) {
      const { role }: ColumnContract = this.#contract.columns[name];
      context.columns.push({ table, column: name, taken: true, role });
      names.set(index, { column: name, taken: true });
    }
    for (const { index, reason } of this.#match.dropped) {
      const column = publishableHeader(this.#headers[index]!, index + 1);
      context.columns.push({ table, column, taken: false, reason });
      names.set(index, { column, taken: false });
    }
    for (const { index, detector } of this.#detectors) {
      for (const found of detector.report()) context.findings.push({ table, ...names.get(index)!, ...found });
    }
  }

  /** A column that the table lacks reads as a missing cell. */
  #cell(column: Name): string {
    const index = this.#match.taken.get(column);
    return index === undefined ? "" : this.#cells[index]!;
  }

  #kind<T extends ColumnKind["type"]>(column: Name, type: T): Extract<ColumnKind, { type: T }> {
    const { kind } = this.#contract.columns[column];
    if (kind.type !== type) throw new TypeError(`${column} is a column of ${kind.type}, not of ${type}`);
    return kind as Extract<ColumnKind, { type: T }>;
  }
}
