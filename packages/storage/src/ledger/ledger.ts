import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Kysely, PGliteDialect } from "kysely";
import { lockDirectory, openEmbeddedDatabase } from "@osteon/embedded-database";
import { OsteonError, osteonError } from "@osteon/errors";
import { migrateToNewest } from "../migrate.ts";
import { migrations } from "./migrations/index.ts";
import { createLedgerRowsRepository, type LedgerRowsRepository } from "./ledger-rows.ts";
import { createModelRepository, type ModelRepository } from "./model-repository.ts";
import { createRunRepository, markUnfinishedAsInterrupted, type RunRepository } from "./run-repository.ts";
import type { LedgerSchema } from "./ledger-schema.ts";

/**
 * What has been run, with which inputs, how it came out, and which models were sealed. Holds
 * digests, counts and scores, never anything of a patient.
 */
export interface Ledger extends RunRepository, ModelRepository, LedgerRowsRepository, AsyncDisposable {
  /** Ends all writing and gives the directory free. A second call does nothing. */
  close(): Promise<void>;
}

export interface LedgerOptions {
  /** See {@link openEmbeddedDatabase}; without it every creation takes some seconds. */
  readonly snapshotFile?: string;
}

/**
 * Opens the ledger in a directory for this process alone, creating it where there is none. Runs
 * that a killed process left `running` become `interrupted`.
 *
 * @throws `storage.locked`, `storage.cannot-open`, `storage.newer-schema`
 * @example await using ledger = await openLedger("out/ledger");
 */
export async function openLedger(directory: string, options: LedgerOptions = {}): Promise<Ledger> {
  try {
    await mkdir(directory, { recursive: true });
    const lock = await lockDirectory(directory);
    try {
      const engine = await openEmbeddedDatabase(join(directory, "database"), options.snapshotFile);
      const database = new Kysely<LedgerSchema>({ dialect: new PGliteDialect({ pglite: engine }) });
      try {
        await migrateToNewest(database, { migrations, schema: "public" }, directory);
        const runs = createRunRepository(database);
        await markUnfinishedAsInterrupted(database);
        let closing: Promise<void> | undefined;
        const close = () => (closing ??= engine.close().finally(() => lock.release()));
        const rows = createLedgerRowsRepository(database, directory);
        return { ...runs, ...createModelRepository(database), ...rows, close, [Symbol.asyncDispose]: close };
      } catch (error) {
        await engine.close();
        throw error;
      }
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    if (error instanceof OsteonError) throw error;
    throw osteonError("storage.cannot-open", { directory, reason: reasonOf(error) }, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === "string" ? code : error.message;
}
