import { OsteonError, osteonError } from "@osteon/errors";
import type { Query } from "../queries/query.ts";
import { sqlStateOf } from "@osteon/database-server";

interface ErrorSetting {
  readonly statementTimeoutSeconds?: number;
  /** Characters that stand before the query's own text in the statement. */
  readonly prefix?: number;
}

/** What a state says of a query, without a word of the database's own, which may quote a value. */
const problems: Readonly<Record<string, string>> = {
  "42P01": "names a table or view that is not there",
  "3F000": "names a schema that is not there",
  "42703": "names a column that is not there",
  "42883": "calls a function, or compares types, that the database does not know",
  "42501": "reads what this role may not read",
  "42601": "is not one SELECT statement",
  "42P18": "has a column or a parameter of no certain type",
  "0A000": "does something that a query to read from cannot do",
  "22P02": "turns a value into another type, and some value is not of that form",
  "53100": "needs room on the server's disk that is not there",
  "53200": "needs more memory than the server has",
  "40001": "met a conflict with another transaction",
};

const writing: readonly string[] = ["25006", "25001", "2F002"];
const cancelled = "57014";
const lockNotAvailable = "55P03";

/** Turns what a session throws while a query is described or read into an error of the catalogue. */
export function queryError(error: unknown, query: Query, place: string, setting: ErrorSetting = {}): Error {
  if (error instanceof OsteonError) return error;
  if (error instanceof Error && error.name === "AbortError") return error;
  const state = sqlStateOf(error);
  const { name } = query;
  if (state === undefined) {
    if (!isBrokenConnection(error)) return error as Error;
    const reason = (error as NodeJS.ErrnoException).code ?? "the connection ended";
    return osteonError("connectors.database-lost", { place, query: name, reason });
  }
  if (state === cancelled || state === lockNotAvailable) {
    const seconds = setting.statementTimeoutSeconds ?? 0;
    return osteonError("connectors.query-timeout", { query: name, seconds, state });
  }
  if (writing.includes(state)) return osteonError("connectors.query-writes", { query: name });
  // Connection exceptions but for a violated protocol, and the server's own end.
  if ((state.startsWith("08") && state !== "08P01") || /^57P0[1-5]$/.test(state)) {
    return osteonError("connectors.database-lost", { place, query: name, reason: state });
  }
  const where = lineOf(error, query, setting.prefix ?? 0);
  const problem = `${problems[state] ?? "was refused by the database"} (SQLSTATE ${state}${where})`;
  return osteonError("connectors.query-refused", { query: name, problem });
}

/** `pg` ends what is under way with a bare error of these words when the socket closes. */
function isBrokenConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === "string") return /^E[A-Z]+$/.test(code);
  return /connection|closed|terminated/i.test(error.message);
}

/** The line of the query's own text that the database points at, as ", line 3". */
function lineOf(error: unknown, { text }: Query, prefix: number): string {
  const at = Number((error as { readonly position?: unknown }).position) - 1 - prefix;
  return at >= 0 && at < text.length ? `, line ${text.slice(0, at).split("\n").length} of the query` : "";
}
