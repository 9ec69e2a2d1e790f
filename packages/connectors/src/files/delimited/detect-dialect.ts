import { OsteonError, osteonError } from "@osteon/errors";
import type { FolderContext } from "../../text/folder-context.ts";
import { readLines, type SourceLine } from "../../text/read-lines.ts";
import type { FileKeys } from "../mapping/mapping-schema.ts";
import { nameSeparator, type Dialect } from "./dialect.ts";
import { splitRows } from "./split-rows.ts";

/** Rows by which a file is judged. */
const rowsLookedAt = 50;
/** Fewer of a matrix with thousands of columns. */
const bytesLookedAt = 1024 * 1024;
const separators = [",", ";", "\t", "|"] as const;

/** The first rows of a text file, header first, and how they are to be taken apart. */
export interface TextHead {
  readonly separator: Dialect["separator"];
  readonly quoted: boolean;
  readonly headerLine: number;
  readonly rows: readonly (readonly string[])[];
}

/**
 * Finds out what separates the cells: whichever gives each of the first rows as many cells, most of all.
 *
 * @throws files.separator where that is none, or two, or another than the mapping states; connectors.table-empty
 */
export async function readTextHead(
  context: FolderContext,
  keys: Pick<FileKeys, "file" | "separator" | "quote">,
  format: "csv" | "tsv",
): Promise<TextHead> {
  const { file } = keys;
  const quoted = keys.quote !== "none";
  const lines = await firstLines(context, file);
  const first = lines[0];
  if (first === undefined) throw osteonError("connectors.table-empty", { file });
  const refuse = (reason: string) => osteonError("files.separator", { file, line: first.number, reason });
  const candidates = new Map(
    await Promise.all(
      separators.map(async (separator) => [separator, await splitHead(lines, file, separator, quoted)] as const),
    ),
  );
  const columnsBy = (separator: Dialect["separator"]): number => candidates.get(separator)![0]?.length ?? 0;
  const stated = keys.separator ?? (format === "tsv" ? "\t" : undefined);
  if (stated !== undefined) {
    const other = separators.find((separator) => columnsBy(separator) > 1);
    if (columnsBy(stated) < 2 && other !== undefined) {
      throw refuse(`separated by ${nameSeparator(stated)} the header is one cell, by ${nameSeparator(other)} several`);
    }
    return { separator: stated, quoted, headerLine: first.number, rows: candidates.get(stated)! };
  }
  const several = separators.filter((separator) => columnsBy(separator) > 1);
  const even = several.filter((separator) =>
    candidates.get(separator)!.every((row) => row.length === columnsBy(separator)),
  );
  const [best, rival] = (even.length > 0 ? even : several).toSorted((a, b) => columnsBy(b) - columnsBy(a));
  if (best === undefined) throw refuse("neither comma, semicolon, tab nor | separates the header");
  if (rival !== undefined && columnsBy(rival) === columnsBy(best)) {
    throw refuse(`${nameSeparator(best)} and ${nameSeparator(rival)} separate it alike`);
  }
  return { separator: best, quoted, headerLine: first.number, rows: candidates.get(best)! };
}

/** The first lines after remarks, copied. */
async function firstLines(context: FolderContext, file: string): Promise<readonly SourceLine[]> {
  const lines: SourceLine[] = [];
  let length = 0;
  for await (const { number, bytes } of readLines({ ...context, onProgress: undefined }, file)) {
    if (lines.length === 0 && bytes[0] === 0x23) continue;
    length += bytes.length;
    if (lines.push({ number, bytes: Buffer.from(bytes) }) > rowsLookedAt || length > bytesLookedAt) break;
  }
  return lines;
}

async function splitHead(
  lines: readonly SourceLine[],
  file: string,
  separator: Dialect["separator"],
  quoted: boolean,
): Promise<readonly (readonly string[])[]> {
  const rows: string[][] = [];
  try {
    for await (const row of splitRows(lines, file, { separator, quoted })) rows.push(row.texts());
  } catch (error) {
    // A wrong separator breaks quotes that are whole; what is broken under the right one is told when it is read.
    if (!(error instanceof OsteonError && error.code.startsWith("files.quote-"))) throw error;
  }
  return rows;
}
