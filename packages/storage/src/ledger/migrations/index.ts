import type { Migration } from "kysely/migration";
import { runLedger } from "./0001-run-ledger.ts";

/** Every migration by name. They run in the order of their names and are never changed once released. */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001-run-ledger": runLedger,
};
