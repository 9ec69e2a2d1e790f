import type { TableName } from "@osteon/deidentification";
import type { SourceRow, SourceTable } from "../reading/source-table.ts";
import type { FolderContext } from "./folder-context.ts";
import { readLines, splitCells } from "./read-lines.ts";

/** A tab-separated file with a header row, after any lines that begin with #. */
export function openTextTable(context: FolderContext, file: string, table: TableName): SourceTable {
  return { name: file, rows: readRows(context, file, table) };
}

async function* readRows(context: FolderContext, file: string, table: TableName): AsyncGenerator<SourceRow> {
  let isHeaderRead = false;
  for await (const line of readLines(context, file, table)) {
    if (!isHeaderRead && line.bytes[0] === 0x23) continue;
    isHeaderRead = true;
    yield { line: line.number, cells: splitCells(line, file) };
  }
}
