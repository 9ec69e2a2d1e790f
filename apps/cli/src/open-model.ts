import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { osteonError } from "@osteon/errors";
import { loadSynthesiser, packageOfRun, readRunManifest, runLayout } from "@osteon/pipeline";
import type { Synthesiser } from "@osteon/generator";
import { readIdentity, readPackage, type Identity, type OpenedPackage } from "@osteon/registry";

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
export async function openModel(runOrPackage: string, keyPath: string | undefined): Promise<OpenedModel> {
  const { opened, path } = await openPackage(runOrPackage, keyPath);
  return { synthesiser: await loadSynthesiser(opened), package: opened, path };
}

/**
 * Opens the package of a run directory or a package file.
 *
 * @param keyPath identity file; by default the run's own
 * @throws `configuration.model-path`, `configuration.run-unfinished`, `configuration.no-key`, and what reading
 *   and opening throw
 */
export async function openPackage(
  runOrPackage: string,
  keyPath: string | undefined,
): Promise<{ readonly opened: OpenedPackage; readonly path: string; readonly identity: Identity }> {
  const isRun = isRunDirectory(runOrPackage);
  const path = isRun ? packageOfRun(runOrPackage) : runOrPackage;
  if (!existsSync(path)) throw osteonError("configuration.model-path", { path: runOrPackage });
  if (isRun) await refuseUnfinished(runOrPackage, path);
  const own = join(runOrPackage, runLayout.identity);
  const identityPath = keyPath ?? (isRun && existsSync(own) ? own : undefined);
  if (identityPath === undefined) throw osteonError("configuration.no-key", { path });
  const identity = await readIdentity(identityPath);
  return { opened: await readPackage(path, identity), path, identity };
}

/** A package from before the run's data or options changed is not what the run now stands for. */
async function refuseUnfinished(run: string, packagePath: string): Promise<void> {
  const manifest = await readRunManifest(join(run, runLayout.manifest));
  if (manifest && manifest.steps.seal?.status !== "done") {
    throw osteonError("configuration.run-unfinished", { run, package: packagePath });
  }
}
