import type { TableName } from "@osteon/deidentification";
import type { SourceRow } from "../../reading/source-table.ts";
import type { FolderContext } from "../../text/folder-context.ts";
import type { FileTable } from "../table/file-table.ts";
import { cellText, isNumeric } from "./cell-text.ts";
import { openParquet, type ParquetFile } from "./open-parquet.ts";

/** A table in a Parquet file. A column of lists or groups is there by its name alone. */
export async function openParquetTable(context: FolderContext, file: string, table: TableName): Promise<FileTable> {
  const parquet = await openParquet(context, file, table);
  const numeric = parquet.columns.flatMap(({ element }, at) => (element && isNumeric(element) ? [at] : []));
  return {
    name: file,
    headers: parquet.columns.map(({ name }) => name),
    headerLine: 0,
    head: undefined,
    numeric: new Set(numeric),
    detected: undefined,
    rows: readRows(parquet),
  };
}

async function* readRows(parquet: ParquetFile): AsyncGenerator<SourceRow> {
  const { columns, groups } = parquet;
  await using reading = await parquet.open();
  yield { line: 0, cells: columns.map(({ name }) => name) };
  let line = 0;
  for (const [group, rows] of groups.entries()) {
    const texts: (readonly string[] | undefined)[] = [];
    for (const column of columns) {
      const { element } = column;
      const values = element && (await reading.read(group, column));
      texts.push(values && Array.from({ length: rows }, (_, row) => cellText(values[row], element)));
    }
    for (let row = 0; row < rows; row++) yield { line: ++line, cells: texts.map((column) => column?.[row] ?? "") };
  }
}
