import { openEmbeddedSession } from "./driver/open-embedded-session.ts";
import { openServerSession } from "./driver/open-server-session.ts";
import type { ServerAddress } from "@osteon/database-server";
import type { SqlSession } from "./driver/sql-session.ts";

/**
 * Opens the server's database, or where no server is named the embedded one of the directory.
 *
 * @throws what {@link openServerSession} and {@link openEmbeddedSession} throw
 */
export function openDatabase(address: ServerAddress | undefined, directory: string): Promise<SqlSession> {
  return address === undefined ? openEmbeddedSession(directory) : openServerSession(address);
}
