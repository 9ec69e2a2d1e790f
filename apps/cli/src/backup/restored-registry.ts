import { existsSync } from "node:fs";
import { join } from "node:path";
import type { BackupManifest } from "@osteon/backup";
import type { Synthesiser } from "@osteon/generator";
import { osteonError } from "@osteon/errors";
import { proveModel } from "@osteon/pipeline";
import {
  createDirectoryMoveLog,
  createDirectoryPackageStore,
  ModelRegistry,
  readIdentity,
  type KeySource,
} from "@osteon/registry";
import { readConfiguration } from "../configuration/read-configuration.ts";
import { keysOf, type KeyContext } from "../keys/command-keys.ts";
import { readTrustedKeys } from "../registry/open-registry.ts";
import { openVersion } from "../registry/open-version.ts";
import { backupLayout } from "./backup-layout.ts";

/**
 * Opens what was restored into a directory and shows that it works: the whole history, the signature of every
 * version, and the model on air, which is opened with the restored key, loaded and sampled.
 *
 * @param context for the passphrase that protects the key, or the command that prints it
 * @returns the model on air; undefined where nothing was
 * @throws what does not hold, as the registry calls it
 */
export async function proveRestored(
  directory: string,
  manifest: BackupManifest,
  context: KeyContext,
): Promise<Synthesiser | undefined> {
  if (!existsSync(join(directory, backupLayout.registry))) return undefined;
  const { configured } = manifest;
  const inside = (path: string) => join(directory, path);
  const signing = configured["registry.signing_key_path"];
  const trusted = [configured["registry.trusted_keys"] ?? []].flat().map(inside);
  const registry = new ModelRegistry({
    packages: createDirectoryPackageStore(inside(backupLayout.packages)),
    moves: createDirectoryMoveLog(inside(backupLayout.moves)),
    trusted: await readTrustedKeys({
      signingKeyPath: inside(typeof signing === "string" ? signing : `${backupLayout.registry}/keys/signing.pem`),
      trustedKeyPaths: trusted,
    }),
  });
  for (const { version, problem } of await registry.list()) {
    if (problem !== null) throw osteonError("registry.verification", { versions: version });
  }
  const move = await registry.current();
  if (move === undefined) return undefined;
  const identity = await readIdentity(await restoredKey(directory, context));
  return proveModel(await openVersion(registry, move.version, identity));
}

/** The key that opens what was restored. @throws `registry.unreadable`, and what reading the configuration throws */
async function restoredKey(directory: string, context: KeyContext): Promise<KeySource> {
  const path = join(directory, backupLayout.identity);
  const restored = await readConfiguration(join(directory, backupLayout.configuration), context.environment);
  const keys = keysOf(context, restored);
  const key = existsSync(path) ? keys.file(path) : keys.command("identity");
  if (key === undefined) throw osteonError("registry.unreadable", { file: path, reason: "ENOENT" });
  return key;
}
