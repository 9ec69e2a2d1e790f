import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { osteonError } from "@osteon/errors";
import { loadSynthesiser, packageOfRun, readRunManifest, runLayout } from "@osteon/pipeline";
import type { Synthesiser } from "@osteon/generator";
import { readIdentity, readPackage, type Identity, type OpenedPackage } from "@osteon/registry";
import { readNamedIdentity, type CommandKeys } from "./keys/command-keys.ts";

/** A model ready to generate, and the package it came from. */
export interface OpenedModel {
  readonly synthesiser: Synthesiser;
  readonly package: OpenedPackage;
  readonly path: string;
}

/** Whether `--model` names a run directory, and not a package. */
export function isRunDirectory(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** The model of a run directory or a package file, ready to generate; as {@link openPackage}. */
export async function openModel(
  runOrPackage: string,
  option: string | undefined,
  keys: CommandKeys,
): Promise<OpenedModel> {
  const { opened, path } = await openPackage(runOrPackage, option, keys);
  return { synthesiser: await loadSynthesiser(opened), package: opened, path };
}

/**
 * Opens the package of a run directory or a package file.
 *
 * @param option identity file that `--key` names; without any the run's own
 * @throws `configuration.model-path`, `configuration.run-unfinished`, `configuration.no-key`, and what reading
 *   and opening throw
 */
export async function openPackage(
  runOrPackage: string,
  option: string | undefined,
  keys: CommandKeys,
): Promise<{ readonly opened: OpenedPackage; readonly path: string; readonly identity: Identity }> {
  const isRun = isRunDirectory(runOrPackage);
  const path = isRun ? packageOfRun(runOrPackage) : runOrPackage;
  if (!existsSync(path)) throw osteonError("configuration.model-path", { path: runOrPackage });
  if (isRun) await refuseUnfinished(runOrPackage, path);
  const identity = isRun ? await openRunIdentity(runOrPackage, option, keys) : await readNamedIdentity(option, keys);
  if (identity === undefined) throw osteonError("configuration.no-key", { path });
  return { opened: await readPackage(path, identity), path, identity };
}

/** The key of a run: the one that is named, else the one that the run made for itself; undefined without either. */
export async function openRunIdentity(
  run: string,
  option: string | undefined,
  keys: CommandKeys,
): Promise<Identity | undefined> {
  const own = join(run, runLayout.identity);
  return (await readNamedIdentity(option, keys)) ?? (existsSync(own) ? readIdentity(keys.file(own)) : undefined);
}

/** A package from before the run's data or options changed is not what the run now stands for. */
async function refuseUnfinished(run: string, packagePath: string): Promise<void> {
  const manifest = await readRunManifest(join(run, runLayout.manifest));
  if (manifest && manifest.steps.seal?.status !== "done") {
    throw osteonError("configuration.run-unfinished", { run, package: packagePath });
  }
}
