import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  readArchive,
  restoreDirectory,
  writeRestoredFile,
  type BackupManifest,
  type RestoredDirectory,
} from "@osteon/backup";
import { writeFileAtomically, type Identity } from "@osteon/registry";
import { changeSettings } from "@osteon/settings";
import type { LedgerRows } from "@osteon/storage";
import type { KeyContext } from "../keys/command-keys.ts";
import { openLocalLedger } from "../record-run.ts";
import { backupLayout } from "./backup-layout.ts";
import { proveRestored } from "./restored-registry.ts";
import { restoreServers } from "./restore-servers.ts";

export interface RestoreRequest {
  readonly file: string;
  readonly identity: Identity;
  readonly directory: string;
  /** Data that are there are moved aside, and a database's other history is replaced. */
  readonly force: boolean;
  /** Everything into the directory, whatever servers it came from. */
  readonly selfContained: boolean;
  /** For servers and keys. */
  readonly context: KeyContext;
  readonly onStage?: (stage: "reading" | "proving" | "servers" | "swapping") => void;
}

export interface RestoredBackup extends RestoredDirectory {
  readonly manifest: BackupManifest;
}

/**
 * Restores a backup into a directory: read and held against its digests, its ledger opened, its history and
 * signatures checked, the model on air loaded and sampled, and only then put in its place.
 *
 * @throws what {@link readArchive}, {@link restoreDirectory} and {@link proveRestored} throw
 */
export async function restoreBackup(request: RestoreRequest): Promise<RestoredBackup> {
  const { file, identity, directory, force, selfContained, context, onStage } = request;
  let manifest: BackupManifest | undefined;
  const { movedAside } = await restoreDirectory(directory, force, new Date(), async (fresh) => {
    onStage?.("reading");
    manifest = await readArchive(file, identity, (path, chunks) => writeRestoredFile(fresh, path, chunks));
    onStage?.("proving");
    await restoreLedger(fresh);
    await proveRestored(fresh, manifest, context);
    const hasServers = manifest.metadata === "postgres" || manifest.packages === "s3";
    if (hasServers && selfContained) await leaveServers(fresh);
    if (hasServers && !selfContained) {
      onStage?.("servers");
      await restoreServers(fresh, manifest, force, context.environment);
    }
    onStage?.("swapping");
  });
  return { manifest: manifest!, movedAside };
}

async function restoreLedger(directory: string): Promise<void> {
  const path = join(directory, backupLayout.ledgerRows);
  if (!existsSync(path)) return;
  // Its digest held, so it is what this program wrote; the database checks the rest.
  const rows = JSON.parse(await readFile(path, "utf8")) as LedgerRows;
  await using ledger = await openLocalLedger(join(directory, backupLayout.ledger));
  await ledger.importRows(rows);
  await rm(path);
}

async function leaveServers(directory: string): Promise<void> {
  const path = join(directory, backupLayout.configuration);
  const text = changeSettings(await readFile(path, "utf8"), [
    [["registry", "metadata"], "directory"],
    [["registry", "packages"], "directory"],
  ]);
  await writeFileAtomically(path, new TextEncoder().encode(text));
}
