/** One row of a source as text. Only valid until the next row. */
export interface SourceRow {
  /** Line of a file or number of a row, by which errors name it; from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Of a table in several files, the one that the row stands in. */
  readonly file?: string;
}

/**
 * A table of the outside, whatever holds it: a file, a database view, an answer of a service. What reads it
 * goes through a contract, so that every source is taken by the same rules.
 */
export interface SourceTable {
  /** By which errors name it: a file inside its folder, a view. Never with a path or a value. */
  readonly name: string;
  /** The header row, then the rows of data. Read once. */
  readonly rows: AsyncIterable<SourceRow>;
}
