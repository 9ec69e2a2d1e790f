import { connectionError, connectionOptionsOf, placeOfServer, type ServerAddress } from "@osteon/database-server";
import { Client, type QueryArrayConfig } from "pg";
import { CopyOut } from "./copy-out.ts";
import { StatementDescription } from "./describe-statement.ts";
import type { SqlSession, TextRow } from "./sql-session.ts";

/** Values as the database writes them, whatever their type. */
const asText = { getTypeParser: () => (text: string) => text } as unknown as NonNullable<QueryArrayConfig["types"]>;

/**
 * Connects to a PostgreSQL server.
 *
 * @throws connectors.database-unreachable, .database-tls, .database-login, .database-unknown, .database-failed
 */
export async function openServerSession(address: ServerAddress): Promise<SqlSession> {
  const place = placeOfServer(address);
  const client = new Client(connectionOptionsOf(address));
  // A connection that breaks between two statements is told by the next of them.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    void client.end().catch(() => undefined);
    throw connectionError(error, place);
  }
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= end(client));
  return {
    place,
    describe: (statement) => {
      const description = new StatementDescription(statement);
      client.query(description);
      return description.columns;
    },
    run: async (statement, parameters = []) => {
      const query: QueryArrayConfig & { readonly queryMode: "extended" } = {
        text: statement,
        values: [...parameters],
        rowMode: "array",
        types: asText,
        queryMode: "extended",
      };
      return (await client.query<(string | null)[]>(query)).rows as readonly TextRow[];
    },
    copy: (statement) => client.query(new CopyOut(statement)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Says goodbye, and hangs up where the server is busy or gone and does not answer. */
async function end(client: Client): Promise<void> {
  const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection;
  const timer = setTimeout(() => stream.destroy(), 500);
  await client.end().catch(() => undefined);
  clearTimeout(timer);
}
