import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { osteonError } from "@osteon/errors";
import { loadSynthesiser, packageOfRun, runLayout } from "@osteon/pipeline";
import type { Synthesiser } from "@osteon/generator";
import { readIdentity, readPackage, type OpenedPackage } from "@osteon/registry";

/** A model ready to generate, and the package it came from. */
export interface OpenedModel {
  readonly synthesiser: Synthesiser;
  readonly package: OpenedPackage;
  readonly path: string;
}

/**
 * Opens the model of a run directory or a package file.
 *
 * @param keyPath identity file; by default the run's own
 * @throws `configuration.model-path`, `configuration.no-key`, and what reading and opening throw
 */
export async function openModel(runOrPackage: string, keyPath: string | undefined): Promise<OpenedModel> {
  const isRun = existsSync(runOrPackage) && statSync(runOrPackage).isDirectory();
  const path = isRun ? packageOfRun(runOrPackage) : runOrPackage;
  if (!existsSync(path)) throw osteonError("configuration.model-path", { path: runOrPackage });
  const own = join(runOrPackage, runLayout.identity);
  const identityPath = keyPath ?? (isRun && existsSync(own) ? own : undefined);
  if (identityPath === undefined) throw osteonError("configuration.no-key", { path });
  const opened = await readPackage(path, await readIdentity(identityPath));
  return { synthesiser: loadSynthesiser(opened), package: opened, path };
}
