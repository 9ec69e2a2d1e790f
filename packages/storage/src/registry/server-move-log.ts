import {
  connectionError,
  connectionOptionsOf,
  placeOfServer,
  sqlStateOf,
  type ServerAddress,
} from "@osteon/database-server";
import { OsteonError, osteonError } from "@osteon/errors";
import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";
import type { RegistrySchema } from "./registry-schema.ts";
import { createSqlMoveLog, migrateRegistry, type SqlMoveLog } from "./sql-move-log.ts";

/** {@link SqlMoveLog} on a PostgreSQL server. */
export interface ServerMoveLog extends SqlMoveLog, AsyncDisposable {
  /** Only needed where the process is to go on: an idle connection keeps none alive. */
  close(): Promise<void>;
}

/** What is on air must be told within a poll or two; whoever promotes can wait as long. */
const connectionTimeoutMs = 5_000;
const queryTimeoutMs = 10_000;
/** A service that looks once a second, and a command beside it. */
const connections = 2;

const noRights = "42501";
const readOnlyTransaction = "25006";
/** The server is starting, stopping, or has too many connections: it may answer in a moment. */
const passingStates = /^(?:08|57P|53300)/;

/**
 * Opens the moves on a server; their schema, `osteon_registry`, is made where it is not there. A server that goes
 * away fails what is asked meanwhile, and is used again once it is back.
 *
 * @param variable the variable of the environment that named the server, for messages
 * @throws the errors of connecting (`connectors.database-…`), `storage.read-only`, `storage.newer-schema`
 */
export async function openServerMoveLog(address: ServerAddress, variable: string): Promise<ServerMoveLog> {
  const place = placeOfServer(address);
  const pool = new Pool({
    ...connectionOptionsOf(address),
    max: connections,
    connectionTimeoutMillis: connectionTimeoutMs,
    statement_timeout: queryTimeoutMs,
    // The server's own limit says nothing where the network between has gone.
    query_timeout: queryTimeoutMs + 1_000,
    allowExitOnIdle: true,
  });
  // An idle connection that breaks is taken out of the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  const database = new Kysely<RegistrySchema>({ dialect: new PostgresDialect({ pool }) });
  const translating = async <T>(operation: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw translate(error, operation, place, variable);
    }
  };
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= database.destroy());
  try {
    await translating("make the registry's tables", () => migrateRegistry(database, place));
  } catch (error) {
    await close();
    throw error;
  }
  const log = createSqlMoveLog(database, `the database at ${place}`);
  return {
    name: log.name,
    list: () => translating("tell what is on air", () => log.list()),
    append: (sequence, envelope) => translating("make a move", () => log.append(sequence, envelope)),
    replaceAll: (envelopes) => translating("restore the moves", () => log.replaceAll(envelopes)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function translate(error: unknown, operation: string, place: string, variable: string): unknown {
  if (error instanceof OsteonError) return error;
  const state = sqlStateOf(error);
  if (state === undefined && !isOfConnection(error)) return error;
  if (state === noRights || state === readOnlyTransaction) {
    return osteonError("storage.read-only", { place, operation, variable, state });
  }
  if (state === undefined || passingStates.test(state)) {
    // Not made, or broken in the midst: the database's own words stay behind, as they may quote anything.
    const { code, parameters } = connectionError(error, place);
    if (code !== "connectors.database-unreachable" && code !== "connectors.database-failed") {
      return connectionError(error, place);
    }
    const reason = state ?? String(parameters["reason"] ?? "no answer");
    return osteonError("storage.unreachable", { place, operation, reason });
  }
  if (/^(?:28|3D)/.test(state)) return connectionError(error, place);
  return osteonError("storage.failed", { operation, state }, { cause: error });
}

/** Errors of the network have codes; those that `pg` makes of a connection have words alone. */
function isOfConnection(error: unknown): boolean {
  const { code, message = "" } = error as { readonly code?: unknown; readonly message?: string };
  return typeof code === "string" || /connection|timeout|closed|SSL|password/i.test(message);
}
