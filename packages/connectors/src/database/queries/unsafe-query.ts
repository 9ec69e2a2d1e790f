import { osteonError } from "@osteon/errors";
import type { Snapshot } from "../driver/snapshot.ts";
import { oddityIn, wordsBeforeBrackets } from "./read-words.ts";
import type { Query } from "./query.ts";

/**
 * Refuses a query that calls a volatile function: one that PostgreSQL says may do something beside giving a value.
 * A read-only transaction stops statements that write tables; it does not stop a function that takes a lock, reads
 * or writes a file of the server, ends another session or writes over a connection of its own (`dblink`). What a
 * view calls is its owner's to answer for and is not looked into.
 *
 * @throws connectors.query-function naming the functions; connectors.query-refused
 */
export async function refuseUnsafeQuery(snapshot: Snapshot, query: Query): Promise<void> {
  const problem = oddityIn(query.text);
  if (problem !== undefined) throw osteonError("connectors.query-refused", { query: query.name, problem });
  const words = [...wordsBeforeBrackets(query.text)];
  if (words.length === 0) return;
  const rows = await snapshot.all(
    "select distinct proname::text from pg_catalog.pg_proc where provolatile = 'v' and prokind <> 'a' " +
      "and proname::text in (select json_array_elements_text($1::text::json)) order by 1",
    [JSON.stringify(words)],
  );
  if (rows.length === 0) return;
  const functions = rows.map(([name]) => name).join(", ");
  throw osteonError("connectors.query-function", { query: query.name, functions });
}
