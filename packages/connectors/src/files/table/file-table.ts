import type { SourceRow } from "../../reading/source-table.ts";

/** A table as its file holds it, before it is mapped. */
export interface FileTable {
  readonly name: string;
  /** Headers as they stand in the file. */
  readonly headers: readonly string[];
  /** 0 where the headers are not a line. */
  readonly headerLine: number;
  /** Cells of the first rows of data, by which decimals are judged; undefined where numbers are typed. */
  readonly head: readonly (readonly string[])[] | undefined;
  /** Columns whose cells are numbers by type, so that zeros in front of them are lost. */
  readonly numeric: ReadonlySet<number>;
  /** What was found out about it, for the notes; undefined where the mapping said it. */
  readonly detected: string | undefined;
  /** The header row, then the rows of data. */
  readonly rows: AsyncIterable<SourceRow>;
}
