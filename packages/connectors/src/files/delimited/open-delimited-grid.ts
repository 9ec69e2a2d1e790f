import { isMissingCode, type TableName } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { FolderContext } from "../../text/folder-context.ts";
import { notANumber, parseDecimal } from "../../text/parse-decimal.ts";
import { readLines } from "../../text/read-lines.ts";
import type { FileKeys } from "../mapping/mapping-schema.ts";
import type { Grid, GridBlock, GridSelection, OnValue } from "../matrix/grid.ts";
import { readTextHead } from "./detect-dialect.ts";
import { detectDecimal } from "./detect-decimal.ts";
import { nameSeparator, type Dialect } from "./dialect.ts";
import { withoutRemarks } from "./open-delimited-table.ts";
import { splitRows, type DelimitedRow } from "./split-rows.ts";

/** A matrix in a text file, read a row at a time and its numbers without making strings of them. */
export async function openDelimitedGrid(
  context: FolderContext,
  keys: FileKeys,
  format: "csv" | "tsv",
  table: TableName,
): Promise<Grid> {
  const head = await readTextHead(context, keys, format);
  const [headers, ...data] = head.rows;
  const decimal = keys.decimal ?? detectDecimal(data.flat(), keys.file);
  const dialect: Dialect = { ...head, decimal };
  const detected = [
    ...(format === "csv" && keys.separator === undefined ? [`separated by ${nameSeparator(head.separator)}`] : []),
    ...(decimal === "," && keys.decimal === undefined ? ["with decimal commas"] : []),
  ];
  return {
    name: keys.file,
    headerLine: head.headerLine,
    columns: headers!.map((header) => header.trim()),
    labelColumn: 0,
    numeric: new Set(),
    detected: detected.length === 0 ? undefined : detected.join(", "),
    blocks: (selection) => readBlocks(context, keys, dialect, headers!.length, table, selection),
  };
}

async function* readBlocks(
  context: FolderContext,
  { file, missing }: FileKeys,
  dialect: Dialect,
  columns: number,
  table: TableName,
  { label, wanted }: GridSelection,
): AsyncGenerator<GridBlock> {
  const block = new RowBlock(file, dialect, wanted, missing);
  let isHeader = true;
  for await (const row of splitRows(withoutRemarks(readLines(context, file, table)), file, dialect)) {
    if (isHeader) {
      isHeader = false;
      continue;
    }
    if (row.count !== columns) {
      throw osteonError("connectors.ragged-row", { file, line: row.line, actual: row.count, expected: columns });
    }
    block.take(row, label);
    yield block;
  }
}

/** One row; reused from row to row. */
class RowBlock implements GridBlock {
  line = 0;
  labels: readonly string[] = [];
  readonly #file: string;
  readonly #point: number;
  readonly #wanted: readonly number[];
  readonly #missing: ReadonlySet<string>;
  #row: DelimitedRow | undefined;

  constructor(file: string, { decimal }: Dialect, wanted: readonly number[], missing: readonly string[]) {
    this.#file = file;
    this.#point = decimal.charCodeAt(0);
    this.#wanted = wanted;
    this.#missing = new Set(missing.map((code) => code.trim().toLowerCase()));
  }

  take(row: DelimitedRow, label: number): void {
    this.#row = row;
    this.line = row.line;
    this.labels = [row.text(label).trim()];
  }

  visit(onValue: OnValue): Promise<void> {
    const row = this.#row!;
    const { bytes } = row;
    const point = this.#point;
    const hasCodes = this.#missing.size > 0;
    for (const column of this.#wanted) {
      const value = parseDecimal(bytes, row.start(column), row.end(column), point);
      if (value === notANumber || hasCodes) onValue(0, column, this.#reconsider(row, column, value));
      else onValue(0, column, value);
    }
    return Promise.resolve();
  }

  /** A file's own codes for "not known" may be numbers, such as −99. */
  #reconsider(row: DelimitedRow, column: number, value: number): number {
    const text = row.text(column).trim();
    if (this.#missing.has(text.toLowerCase()) || isMissingCode(text)) return Number.NaN;
    if (value !== notANumber) return value;
    throw osteonError("connectors.value-not-a-number", { file: this.#file, line: row.line, ordinal: column + 1 });
  }
}
