import { createHash, randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { OsteonError, osteonError } from "@osteon/errors";
import type { Configuration } from "@osteon/contracts";
import { encodeCanonicalJson } from "@osteon/registry";
import { Artefacts } from "./artefacts.ts";
import { digestFile } from "./file-digests.ts";
import { obtainRunKeys } from "./run-keys.ts";
import { runLayout } from "./run-layout.ts";
import { readRunManifest, writeRunManifest, type RunManifest, type StepRecord } from "./run-manifest.ts";
import type { StepContext } from "./step.ts";
import { dependencies, stepNames, type StepName } from "./step-names.ts";
import { steps } from "./steps/index.ts";

/** What a run tells while it works. */
export interface PipelineObserver {
  onStepStarted?(step: StepName): void;
  onProgress?(step: StepName, message: string, share?: number): void;
  onStepFinished?(step: StepName, record: StepRecord, kept: boolean): void;
  onStepFailed?(step: StepName, record: StepRecord): void;
}

export interface PipelineRequest {
  readonly configuration: Configuration;
  /** Run directory; created where absent. */
  readonly directory: string;
  /** Default all. A step not named is not run, its earlier result is used. */
  readonly steps?: readonly StepName[];
  /** Source ids to restrict the run to. */
  readonly patientIds?: readonly string[];
  readonly osteonVersion: string;
  readonly signal?: AbortSignal;
  readonly observer?: PipelineObserver;
}

/**
 * Runs the main job's steps in order and returns the manifest. A step whose inputs, options and
 * predecessors are as they were, and whose results are intact, is kept and not run again; so a run that
 * was stopped goes on where it was.
 *
 * @throws `pipeline.step-needed` where a step asked for lacks a predecessor's result; the errors of the steps
 */
export async function runPipeline(request: PipelineRequest): Promise<RunManifest> {
  const { configuration, directory, osteonVersion, observer } = request;
  const wanted = request.steps ?? stepNames;
  await mkdir(directory, { recursive: true });
  const manifestPath = join(directory, runLayout.manifest);
  const manifest = (await readRunManifest(manifestPath)) ?? startManifest(osteonVersion);
  const keys = await obtainRunKeys(directory, configuration);
  const signal = request.signal ?? new AbortController().signal;
  const artefacts = new Artefacts(directory, keys, configuration);

  for (const name of stepNames.filter((step) => wanted.includes(step))) {
    signal.throwIfAborted();
    const context: StepContext = {
      configuration,
      keys,
      artefacts,
      osteonVersion,
      patientIds: request.patientIds ?? null,
      signal,
      progress: (message, share) => observer?.onProgress?.(name, message, share),
    };
    for (const needed of dependencies[name]) {
      if (manifest.steps[needed]?.status !== "done") throw osteonError("pipeline.step-needed", { step: name, needed });
    }
    const step = steps[name];
    const inputs = (await step.inputs?.(context)) ?? {};
    const options = step.options(configuration);
    const key = digestOf({
      name,
      osteonVersion,
      inputs,
      options,
      predecessors: dependencies[name].map((needed) => manifest.steps[needed]!.key),
    });
    const earlier = manifest.steps[name];
    if (earlier?.status === "done" && earlier.key === key && (await isIntact(directory, earlier))) {
      observer?.onStepFinished?.(name, earlier, true);
      continue;
    }

    observer?.onStepStarted?.(name);
    const started = Date.now();
    const record: StepRecord = {
      status: "running",
      key,
      startedAt: new Date(started).toISOString(),
      inputs,
      options,
      outputs: [],
      detail: {},
    };
    const save = async (changes: Partial<StepRecord>): Promise<StepRecord> => {
      const saved = { ...record, ...changes };
      manifest.steps[name] = saved;
      await writeRunManifest(manifestPath, manifest);
      return saved;
    };
    const finish = () => ({ finishedAt: new Date().toISOString(), durationMs: Date.now() - started });
    await save({});
    try {
      const { outputs, detail } = await step.run(context);
      const described = await Promise.all(
        outputs.map(async (path) => ({ path, ...(await digestFile(join(directory, path))) })),
      );
      const done = await save({ status: "done", ...finish(), outputs: described, detail: { ...detail } });
      observer?.onStepFinished?.(name, done, false);
    } catch (error) {
      const errorCode = error instanceof OsteonError ? error.code : "internal";
      observer?.onStepFailed?.(name, await save({ status: "failed", ...finish(), errorCode }));
      throw error;
    }
  }
  return manifest;
}

function startManifest(osteonVersion: string): RunManifest {
  return {
    format: "osteon-run/1",
    runId: randomUUID(),
    createdAt: new Date().toISOString(),
    osteonVersion,
    nodeVersion: process.version,
    steps: {},
  };
}

async function isIntact(directory: string, record: StepRecord): Promise<boolean> {
  for (const { path, sha256 } of record.outputs) {
    const now = await digestFile(join(directory, path)).catch(() => null);
    if (now?.sha256 !== sha256) return false;
  }
  return true;
}

function digestOf(value: unknown): string {
  return createHash("sha256").update(encodeCanonicalJson(value)).digest("hex");
}
