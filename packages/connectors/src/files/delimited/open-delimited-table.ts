import type { TableName } from "@osteon/deidentification";
import type { SourceRow } from "../../reading/source-table.ts";
import type { FolderContext } from "../../text/folder-context.ts";
import { readLines, type SourceLine } from "../../text/read-lines.ts";
import type { FileKeys } from "../mapping/mapping-schema.ts";
import type { FileTable } from "../table/file-table.ts";
import { readTextHead, type TextHead } from "./detect-dialect.ts";
import { nameSeparator } from "./dialect.ts";
import { splitRows } from "./split-rows.ts";

/** A table in a text file, after any lines that begin with #. */
export async function openDelimitedTable(
  context: FolderContext,
  keys: FileKeys,
  format: "csv" | "tsv",
  table: TableName,
): Promise<FileTable> {
  const head = await readTextHead(context, keys, format);
  const [headers, ...data] = head.rows;
  return {
    name: keys.file,
    headers: headers!,
    headerLine: head.headerLine,
    head: data,
    numeric: new Set(),
    detected:
      format === "csv" && keys.separator === undefined ? `separated by ${nameSeparator(head.separator)}` : undefined,
    rows: readRows(context, keys.file, head, table),
  };
}

async function* readRows(
  context: FolderContext,
  file: string,
  head: TextHead,
  table: TableName,
): AsyncGenerator<SourceRow> {
  for await (const row of splitRows(withoutRemarks(readLines(context, file, table)), file, head)) {
    yield { line: row.line, cells: row.texts() };
  }
}

/** The lines from the header on. */
export async function* withoutRemarks(lines: AsyncIterable<SourceLine>): AsyncGenerator<SourceLine> {
  let isHeaderRead = false;
  for await (const line of lines) {
    if (!isHeaderRead && line.bytes[0] === 0x23) continue;
    isHeaderRead = true;
    yield line;
  }
}
