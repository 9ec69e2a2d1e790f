import { isMissingCode, isNumberText, type TableName } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { SchemaElement } from "hyparquet";
import type { FolderContext } from "../../text/folder-context.ts";
import type { FileKeys } from "../mapping/mapping-schema.ts";
import type { Grid, GridBlock, GridSelection, OnValue } from "../matrix/grid.ts";
import { cellText, isNumeric } from "./cell-text.ts";
import { openParquet, type CellValues, type ParquetColumn, type ParquetFile } from "./open-parquet.ts";

/** A matrix in a Parquet file, read a column of a row group at a time. */
export async function openParquetGrid(context: FolderContext, keys: FileKeys, table: TableName): Promise<Grid> {
  const parquet = await openParquet(context, keys.file, table);
  const numeric = new Set(parquet.columns.flatMap(({ element }, at) => (element && isNumeric(element) ? [at] : [])));
  const firstText = parquet.columns.findIndex((_, at) => !numeric.has(at));
  return {
    name: keys.file,
    headerLine: 0,
    columns: parquet.columns.map(({ name }) => name.trim()),
    labelColumn: Math.max(0, firstText),
    numeric,
    detected: undefined,
    blocks: (selection) => readBlocks(parquet, keys, selection),
  };
}

async function* readBlocks(
  parquet: ParquetFile,
  { file, missing }: FileKeys,
  { label, wanted }: GridSelection,
): AsyncGenerator<GridBlock> {
  const { columns, groups } = parquet;
  await using reading = await parquet.open();
  const codes = new Set(missing.map((code) => code.trim().toLowerCase()));
  const flat = (at: number): ParquetColumn & { readonly element: SchemaElement } => {
    const { element, ...column } = columns[at]!;
    if (element === undefined) throw osteonError("files.cell-type", { file, ordinal: at + 1 });
    return { ...column, element };
  };
  let line = 1;
  for (const [group, rows] of groups.entries()) {
    const first = line;
    const names = flat(label);
    const cells = await reading.read(group, names);
    yield {
      line,
      labels: Array.from({ length: rows }, (_, row) => cellText(cells[row], names.element).trim()),
      // A column at a time, so that a row group never lies in memory whole.
      visit: async (onValue) => {
        for (const at of wanted) {
          const column = flat(at);
          visitColumn(await reading.read(group, column), { file, first, rows, at, codes, ...column }, onValue);
        }
      },
    };
    line += rows;
  }
}

interface ColumnPlace {
  readonly file: string;
  readonly first: number;
  readonly rows: number;
  readonly at: number;
  readonly element: SchemaElement;
  readonly codes: ReadonlySet<string>;
}

function visitColumn(values: CellValues, place: ColumnPlace, onValue: OnValue): void {
  const { rows, at, codes } = place;
  for (let row = 0; row < rows; row++) {
    const value = values[row];
    if (typeof value === "number" && codes.size === 0 && Number.isFinite(value))
      onValue(row, at, value === 0 ? 0 : value);
    else onValue(row, at, reconsider(value, row, place));
  }
}

/** Whatever is not simply a number: nothing, a code for nothing, a number as text or of 64 bits. */
function reconsider(value: unknown, row: number, { file, first, at, element, codes }: ColumnPlace): number {
  const text = cellText(value, element).trim();
  if (isMissingCode(text) || codes.has(text.toLowerCase())) return Number.NaN;
  const number = isNumberText(text) ? Number(text) : Number.NaN;
  if (!Number.isNaN(number)) return number === 0 ? 0 : number;
  throw osteonError("connectors.value-not-a-number", { file, line: first + row, ordinal: at + 1 });
}
