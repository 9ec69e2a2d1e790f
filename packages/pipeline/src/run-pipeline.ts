import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ServerAddress } from "@osteon/database-server";
import { osteonError, translateSystemError } from "@osteon/errors";
import type { Configuration } from "@osteon/contracts";
import { lockDirectory } from "@osteon/embedded-database";
import type { Identity } from "@osteon/registry";
import { Artefacts } from "./artefacts.ts";
import { removeLeftovers } from "./leftovers.ts";
import type { PipelineObserver } from "./pipeline-observer.ts";
import { keepsPlainData, removePlainData } from "./plain-data.ts";
import { obtainRunKeys } from "./run-keys.ts";
import { runLayout } from "./run-layout.ts";
import { readRunManifest, writeRunManifest, type RunManifest } from "./run-manifest.ts";
import { RunState } from "./run-state.ts";
import type { StepContext } from "./step.ts";
import { stepNames, type StepName } from "./step-names.ts";

export interface PipelineRequest {
  readonly configuration: Configuration;
  /** Run directory; created where absent. */
  readonly directory: string;
  /** Default all. A step not named is not run, its earlier result is used. */
  readonly steps?: readonly StepName[];
  /** Source ids to restrict the run to. */
  readonly patientIds?: readonly string[];
  /** Where the database server is that `data.source: postgres` reads; the embedded one without it. */
  readonly databaseAddress?: ServerAddress | undefined;
  /** The key that opens and seals; without it the file that the configuration names, or one made in the directory. */
  readonly identity?: Identity | undefined;
  readonly osteonVersion: string;
  readonly signal?: AbortSignal;
  readonly observer?: PipelineObserver;
}

/**
 * Runs the main job's steps in order and returns the manifest. A step whose inputs, options and
 * predecessors are as they were, and whose results are intact, is kept and not run again; so a run that
 * was stopped, or killed, goes on where it was. One process at a time works in a run directory.
 *
 * @throws `pipeline.locked` while another process works in the directory
 * @throws `pipeline.other-key`, `pipeline.key-missing`, `pipeline.pseudonym-key-missing` where the run was begun
 *   with another key
 * @throws `pipeline.step-needed` where a step asked for lacks a predecessor's result, `pipeline.altered-result`
 *   where that is not as it was written; the errors of the steps
 */
export async function runPipeline(request: PipelineRequest): Promise<RunManifest> {
  const { directory } = request;
  try {
    await mkdir(directory, { recursive: true });
    const lock = await lockDirectory(directory, (holder) => osteonError("pipeline.locked", { ...holder }));
    try {
      return await runSteps(request);
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw translateSystemError(error) ?? error;
  }
}

async function runSteps(request: PipelineRequest): Promise<RunManifest> {
  const { configuration, directory, observer, osteonVersion } = request;
  await removeLeftovers(directory);
  const manifestPath = join(directory, runLayout.manifest);
  const earlier = await readRunManifest(manifestPath);
  const keys = await obtainRunKeys(directory, configuration, earlier, request.identity);
  const manifest: RunManifest = {
    format: "osteon-run/1",
    runId: earlier?.runId ?? randomUUID(),
    createdAt: earlier?.createdAt ?? new Date().toISOString(),
    osteonVersion,
    nodeVersion: process.version,
    sealedFor: keys.identity.recipient,
    ...(keepsPlainData(configuration) && { patientDataInPlain: true as const }),
    steps: earlier?.steps ?? {},
  };
  if (!keepsPlainData(configuration)) await removePlainData(directory);
  // Before the first step: from here on the directory says which key belongs to it.
  await writeRunManifest(manifestPath, manifest);

  const run = new RunState(directory, manifest);
  const signal = request.signal ?? new AbortController().signal;
  const artefacts = new Artefacts(directory, keys, configuration);
  const wanted = request.steps ?? stepNames;
  for (const name of stepNames.filter((step) => wanted.includes(step))) {
    signal.throwIfAborted();
    const context: StepContext = {
      configuration,
      keys,
      artefacts,
      osteonVersion,
      patientIds: request.patientIds ?? null,
      databaseAddress: request.databaseAddress,
      signal,
      progress: (message, share) => observer?.onProgress?.(name, message, share),
    };
    await run.bringUpToDate(name, context, observer ?? {});
  }
  return manifest;
}
