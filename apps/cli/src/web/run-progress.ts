import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { runProgressSchema, type RunProgress } from "@osteon/contracts";
import { readRunManifest, runLayout, stepNames, type PipelineObserver } from "@osteon/pipeline";
import { writeFileAtomically } from "@osteon/registry";
import { z } from "zod";

/** Beside the run's manifest, which tells of whole steps only. */
const fileName = "progress.json";
const shortestIntervalMs = 500;

const recordedSchema = z.object({
  step: z.enum(stepNames),
  message: z.string(),
  share: runProgressSchema.shape.share,
});

/** Writes down beside the manifest what a run is at, twice a second at most, so that a service can show it. */
export function recordProgress(directory: string, observer: PipelineObserver): PipelineObserver {
  let writtenAt = 0;
  let writing = Promise.resolve();
  return {
    ...observer,
    onProgress: (step, message, share) => {
      observer.onProgress?.(step, message, share);
      const now = performance.now();
      if (now - writtenAt < shortestIntervalMs) return;
      writtenAt = now;
      const text = JSON.stringify({
        step,
        message,
        share: share === undefined ? null : Math.min(1, Math.max(0, share)),
      });
      // What cannot be written is only not shown.
      writing = writing
        .then(() => writeFileAtomically(join(directory, fileName), new TextEncoder().encode(`${text}\n`)))
        .catch(() => undefined);
    },
  };
}

/** How far the run in a directory is; null where there is none. @throws `pipeline.manifest` */
export async function readRunProgress(directory: string): Promise<RunProgress | null> {
  const manifest = await readRunManifest(join(directory, runLayout.manifest));
  if (manifest === null) return null;
  const steps = stepNames.map((name) => {
    const record = manifest.steps[name];
    return {
      name,
      status: record?.status ?? ("waiting" as const),
      duration_ms: record?.durationMs ?? null,
      error_code: record?.errorCode ?? null,
    };
  });
  const running = steps.find(({ status }) => status === "running");
  const recorded = running && (await readRecorded(join(directory, fileName)));
  // What was recorded last may be of the step before.
  const isOfStep = recorded !== undefined && recorded.step === running?.name;
  return {
    run: manifest.runId,
    steps,
    message: isOfStep ? recorded.message : null,
    share: isOfStep ? recorded.share : null,
  };
}

async function readRecorded(path: string): Promise<z.infer<typeof recordedSchema> | undefined> {
  try {
    return recordedSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined;
  }
}
