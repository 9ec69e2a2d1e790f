import { open } from "node:fs/promises";
import { join } from "node:path";
import type { TableName } from "@osteon/deidentification";
import { OsteonError, osteonError } from "@osteon/errors";
import type { AsyncBuffer, FileMetaData, SchemaElement } from "hyparquet";
import type { FolderContext } from "../../text/folder-context.ts";
import { digestBytes } from "../../text/read-bytes.ts";

/** A column of a Parquet file. */
export interface ParquetColumn {
  readonly name: string;
  /** Undefined where it holds lists or groups. */
  readonly element: SchemaElement | undefined;
  /** Place among the column chunks of a row group. */
  readonly chunk: number;
}

export type CellValues = ArrayLike<unknown>;

/** A Parquet file, read one column of one row group at a time. Nothing of its key-value metadata is looked at. */
export interface ParquetFile {
  readonly columns: readonly ParquetColumn[];
  /** Rows of each row group. */
  readonly groups: readonly number[];
  /** Opens it for its values. */
  open(): Promise<ParquetReading>;
}

/** An open file. */
interface ParquetReading extends AsyncDisposable {
  read(group: number, column: ParquetColumn): Promise<CellValues>;
}

/**
 * Reads what a Parquet file says of itself.
 *
 * @param table enters the file in the account of those read
 * @throws connectors.unreadable, files.parquet
 */
export async function openParquet(context: FolderContext, file: string, table: TableName): Promise<ParquetFile> {
  await digestBytes(context, file, table);
  // Loaded where it is needed: most commands read no Parquet.
  const [library, { compressors }] = await Promise.all([import("hyparquet"), import("hyparquet-compressors")]);
  await using opened = await openBuffer(context, file);
  const metadata = await readable(context, file, () =>
    library.parquetMetadataAsync(opened.buffer, { geoparquet: false }),
  );
  const decode = { ...library, compressors };
  return {
    columns: columnsOf(metadata),
    groups: metadata.row_groups.map(({ num_rows }) => Number(num_rows)),
    open: async () => {
      const { buffer, [Symbol.asyncDispose]: close } = await openBuffer(context, file);
      return {
        read: (group, column) => readable(context, file, () => readColumn(decode, buffer, metadata, group, column)),
        [Symbol.asyncDispose]: close,
      };
    },
  };
}

async function openBuffer(
  context: FolderContext,
  file: string,
): Promise<AsyncDisposable & { readonly buffer: AsyncBuffer }> {
  const handle = await open(join(context.directory, file)).catch((error: unknown) => {
    throw osteonError("connectors.unreadable", { file, reason: (error as { code?: string }).code ?? "unknown reason" });
  });
  const { size } = await handle.stat();
  const slice = async (start: number, end = size): Promise<ArrayBuffer> => {
    context.signal?.throwIfAborted();
    if (start < 0 || end > size || end < start) throw osteonError("files.parquet", { file, reason: "it ends early" });
    const bytes = new ArrayBuffer(end - start);
    await handle.read(new Uint8Array(bytes), 0, end - start, start);
    return bytes;
  };
  return { buffer: { byteLength: size, slice }, [Symbol.asyncDispose]: () => handle.close() };
}

/** The library's own messages hold names of columns and bytes of the file, so they are not repeated. */
async function readable<T>(context: FolderContext, file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof OsteonError || context.signal?.aborted === true) throw error;
    throw osteonError("files.parquet", { file, reason: "its content is damaged or of an unknown kind" });
  }
}

function columnsOf({ schema }: FileMetaData): ParquetColumn[] {
  const columns: ParquetColumn[] = [];
  let chunk = 0;
  for (let at = 1; at < schema.length;) {
    const { name } = schema[at]!;
    const { end, leaves } = skip(schema, at);
    const isFlat = end === at + 1 && schema[at]!.repetition_type !== "REPEATED";
    columns.push({ name, element: isFlat ? schema[at] : undefined, chunk });
    chunk += leaves;
    at = end;
  }
  return columns;
}

/** Where an element of the schema ends, and how many columns are stored for it. */
function skip(schema: readonly SchemaElement[], at: number): { readonly end: number; readonly leaves: number } {
  const children = schema[at]!.num_children ?? 0;
  if (children === 0) return { end: at + 1, leaves: 1 };
  let end = at + 1;
  let leaves = 0;
  for (let child = 0; child < children; child++) {
    const inner = skip(schema, end);
    end = inner.end;
    leaves += inner.leaves;
  }
  return { end, leaves };
}

type Decoder = Pick<typeof import("hyparquet"), "parquetRead"> &
  Pick<typeof import("hyparquet-compressors"), "compressors">;

/**
 * Decodes one column of one row group by a schema that has this column alone: with the whole schema, the time
 * that the library takes for a column grows with the number of columns, and a matrix may have 20,000.
 */
async function readColumn(
  { parquetRead, compressors }: Decoder,
  buffer: AsyncBuffer,
  metadata: FileMetaData,
  group: number,
  { element, chunk }: ParquetColumn,
): Promise<CellValues> {
  const rowGroup = metadata.row_groups[group]!;
  const rows = Number(rowGroup.num_rows);
  const alone: FileMetaData = {
    ...metadata,
    schema: [{ ...metadata.schema[0]!, num_children: 1 }, element!],
    num_rows: rowGroup.num_rows,
    row_groups: [{ ...rowGroup, columns: [rowGroup.columns[chunk]!] }],
  };
  const pages: CellValues[] = [];
  let read = 0;
  await parquetRead({
    file: buffer,
    metadata: alone,
    compressors,
    geoparquet: false,
    onChunk: ({ columnData }) => {
      pages.push(columnData);
      read += columnData.length;
    },
  });
  if (read < rows) throw new RangeError("fewer values than rows");
  return pages.length === 1 ? pages[0]! : pages.flatMap((page) => Array.from(page));
}
