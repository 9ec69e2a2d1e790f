import { OsteonError } from "@osteon/errors";
import type { Query } from "../queries/query.ts";
import { encodeCopyRows } from "./copy-text.ts";
import { limitWaits } from "./limit-waits.ts";
import { queryError } from "./query-error.ts";
import type { ResultColumn, SqlSession, TextRow } from "./sql-session.ts";

export interface SnapshotOptions {
  readonly statementTimeoutSeconds: number;
  readonly signal: AbortSignal | undefined;
  /** Told how many rows of a query have come. */
  readonly onRows?: ((query: string, rows: number) => void) | undefined;
}

/** Cells of one fetch: enough that a round trip costs little, few enough to hold. */
const cellsPerFetch = 30_000;

/**
 * The database as it was at one instant, and only to look at: everything is asked within one transaction that is
 * read only, and that is undone at its end.
 */
export interface Snapshot {
  readonly place: string;
  /** Columns of a query that the role may run; no row of it is fetched. Rejects with what the database says. */
  describe(query: Query): Promise<readonly ResultColumn[]>;
  /** All rows of a short statement of our own. */
  all(statement: string, parameters?: readonly string[]): Promise<readonly TextRow[]>;
  /**
   * Rows in batches, by a cursor.
   *
   * @param query whose rows they are, for errors
   * @param columns of the statement; more of them make the batches shorter
   * @throws connectors.query-refused, .query-writes, .query-timeout, .database-lost
   */
  batches(query: Query, statement: string, columns: number): AsyncGenerator<readonly TextRow[]>;
  /** As {@link batches}, whole rows as COPY writes them: a server sends these several times as fast. */
  rowBytes(query: Query, statement: string, columns: number): AsyncGenerator<Buffer>;
}

/**
 * Opens a snapshot for the time of `use`. The session is read only from then on.
 *
 * @throws what `use` throws; connectors.database-lost, .database-failed; the signal's reason
 */
export async function withSnapshot<T>(
  session: SqlSession,
  options: SnapshotOptions,
  use: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const { signal } = options;
  signal?.throwIfAborted();
  // A statement that runs is not heard of again until it ends: hanging up ends it.
  const hangUp = (): void => void session.close().catch(() => undefined);
  signal?.addEventListener("abort", hangUp, { once: true });
  try {
    await begin(session, options);
    return await use(snapshotOf(session, options));
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", hangUp);
    await session.run("rollback").catch(() => undefined);
  }
}

async function begin(session: SqlSession, { statementTimeoutSeconds }: SnapshotOptions): Promise<void> {
  const settings = {
    statement_timeout: timeoutOf(statementTimeoutSeconds),
    lock_timeout: "10s",
    standard_conforming_strings: "on",
    datestyle: "ISO, YMD",
    extra_float_digits: "1",
    // Every row is fetched: a plan that has the first ones soon is no help.
    cursor_tuple_fraction: "1",
  };
  try {
    // Should a statement find a way to end the transaction, the next one is read only as well.
    await session.run("set session characteristics as transaction read only");
    await session.run("begin isolation level repeatable read read only");
    // The first query fixes the snapshot; from then on the transaction cannot be made to write.
    for (const [name, value] of Object.entries(settings)) await setLocally(session, name, value);
  } catch (error) {
    throw queryError(error, { name: "the start of the transaction", text: "" }, session.place);
  }
}

function snapshotOf(session: SqlSession, { statementTimeoutSeconds, signal, onRows }: SnapshotOptions): Snapshot {
  let cursors = 0;
  const translate = (error: unknown, query: Query, prefix = 0) =>
    queryError(error, query, session.place, { statementTimeoutSeconds, prefix });

  const attempt = async <R>(run: () => Promise<R>): Promise<R> => {
    await session.run("savepoint question");
    try {
      const result = await run();
      await session.run("release savepoint question");
      return result;
    } catch (error) {
      await session.run("rollback to savepoint question").catch(() => undefined);
      throw error;
    }
  };

  const snapshot: Snapshot = {
    place: session.place,
    describe: (query) => {
      const prefix = "declare osteon_probe no scroll cursor for select * from (\n";
      const statement = `${prefix}${query.text}\n) as source`;
      const ask = async (): Promise<readonly ResultColumn[]> => {
        // The rights to what it reads are looked at when it begins, and no row is fetched.
        await session.run(statement);
        await session.run("close osteon_probe");
        return session.describe(statement.slice(statement.indexOf("select")));
      };
      return attempt(ask).catch((error: unknown) => {
        throw translate(error, query, prefix.length);
      });
    },
    all: (statement, parameters) =>
      attempt(() => session.run(statement, parameters)).catch((error: unknown) => {
        throw translate(error, { name: "the catalogue", text: statement });
      }),
    async *batches(query, statement, columns) {
      const cursor = `osteon_${++cursors}`;
      const rows = Math.max(1, Math.floor(cellsPerFetch / Math.max(1, columns)));
      try {
        await session.run(`declare ${cursor} no scroll cursor for ${statement}`);
        for (let read = 0; ;) {
          signal?.throwIfAborted();
          const batch = await session.run(`fetch forward ${rows} from ${cursor}`);
          if (batch.length === 0) break;
          read += batch.length;
          onRows?.(query.name, read);
          yield batch;
        }
        await session.run(`close ${cursor}`);
      } catch (error) {
        throw translate(error, query);
      }
    },
    async *rowBytes(query, statement, columns) {
      if (session.copy === undefined) {
        for await (const batch of snapshot.batches(query, statement, columns)) yield encodeCopyRows(batch);
        return;
      }
      try {
        // The whole table is one statement here, so the limit is on the time without a row.
        await setLocally(session, "statement_timeout", "0");
        let read = 0;
        const copy = limitWaits(session.copy(statement), statementTimeoutSeconds, query.name);
        for await (const { bytes, rows } of copy) {
          signal?.throwIfAborted();
          read += rows;
          onRows?.(query.name, read);
          yield bytes;
        }
        await setLocally(session, "statement_timeout", timeoutOf(statementTimeoutSeconds));
      } catch (error) {
        // The statement is still at work, and only hanging up ends it.
        if (error instanceof OsteonError && error.code === "connectors.query-timeout") await session.close();
        throw translate(error, query);
      }
    },
  };
  return snapshot;
}

function timeoutOf(seconds: number): string {
  return String(Math.round(seconds * 1000));
}

async function setLocally(session: SqlSession, name: string, value: string): Promise<void> {
  await session.run("select set_config($1::text, $2::text, true)", [name, value]);
}
