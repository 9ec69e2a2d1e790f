/** A column of a statement's result, as the database describes it. */
export interface ResultColumn {
  readonly name: string;
  /** Object id of its type in `pg_type`. */
  readonly typeId: number;
}

/** One row as the database writes its values; null is NULL. */
export type TextRow = readonly (string | null)[];

/** Whole rows as COPY writes them: cells apart by tabs, rows by line feeds, `\N` for NULL. */
export interface RowBytes {
  readonly bytes: Buffer;
  /** How many they are. */
  readonly rows: number;
}

/**
 * One session with PostgreSQL, a server's or the embedded one. Every statement goes by the extended protocol,
 * which takes one statement and no more: what is written after a semicolon cannot run.
 */
export interface SqlSession extends AsyncDisposable {
  /** By which errors name the database: `host:port/name`, or the directory of an embedded one. */
  readonly place: string;
  /** Result columns of a statement, which is not run. Columns of no name are called "?column?". */
  describe(statement: string): Promise<readonly ResultColumn[]>;
  /** Runs one statement. Parameters are texts, cast in the statement: `$1::text[]` takes `{a,b}` as `$1::text::text[]`. */
  run(statement: string, parameters?: readonly string[]): Promise<readonly TextRow[]>;
  /**
   * The rows of one statement as a server sends them fastest. Undefined where the driver has no such thing. Who stops
   * reading waits with the next statement until the server has sent them all.
   */
  readonly copy?: (statement: string) => AsyncIterable<RowBytes>;
  /** Ends at once, whatever the session is doing. A second call does nothing. */
  close(): Promise<void>;
}
