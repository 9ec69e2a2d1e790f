import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEmbeddedSession, openEmbeddedSession } from "../driver/open-embedded-session.ts";
import { openServerSession } from "../driver/open-server-session.ts";
import type { ServerAddress } from "@osteon/database-server";
import type { SqlSession } from "../driver/sql-session.ts";
import { skipsRealServer, startRealServer } from "./real-server.ts";

/** A database that a suite is run over. */
export interface TestDatabase {
  /** A session of the database's owner. One at a time with the embedded one. */
  open(): Promise<SqlSession>;
  /** Of the server; undefined of the embedded one. */
  readonly address: ServerAddress | undefined;
  readonly directory: string;
  stop(): void;
}

const snapshotFile = fileURLToPath(
  new URL("../../../../../node_modules/.cache/osteon/empty-database.tar.gz", import.meta.url),
);

/** The embedded database in a temporary folder. */
async function startEmbeddedDatabase(): Promise<TestDatabase> {
  const directory = mkdtempSync(join(tmpdir(), "osteon-embedded-"));
  await (await createEmbeddedSession(directory, snapshotFile)).close();
  return {
    open: () => openEmbeddedSession(directory),
    address: undefined,
    directory,
    stop: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** A server in a temporary folder. */
async function startServerDatabase(): Promise<TestDatabase> {
  const server = await startRealServer();
  const { address, directory } = server;
  return { open: () => openServerSession(address), address, directory, stop: () => server.stop() };
}

/** Both drivers; each suite is run over either. `skip` where the machine has no server. */
export const drivers = [
  { driver: "PGlite", skip: false, start: startEmbeddedDatabase },
  { driver: "PostgreSQL", skip: skipsRealServer(), start: startServerDatabase },
] as const;
