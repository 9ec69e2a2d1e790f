import { join } from "node:path";
import type { ValidationReport } from "@osteon/evaluation";
import { readFile } from "node:fs/promises";
import { OsteonError } from "@osteon/errors";
import { runLayout, runPipeline, scoresOf, type PipelineRequest, type RunManifest } from "@osteon/pipeline";
import { openLedger, type Ledger } from "@osteon/storage";

/** Runs the pipeline and records it in the ledger of the configured directory. */
export async function runWithLedger(request: PipelineRequest, ledgerDirectory: string): Promise<RunManifest> {
  await using ledger = await openLedger(ledgerDirectory);
  return record(request, ledger);
}

async function record(request: PipelineRequest, ledger: Ledger): Promise<RunManifest> {
  const { configuration, observer, osteonVersion } = request;
  const runId = crypto.randomUUID();
  await ledger.recordRunStarted({
    runId,
    startedAt: new Date(),
    cohortDigest: null,
    seed: configuration.training.seed,
    options: {},
    osteonVersion,
  });
  const pending: Promise<void>[] = [];
  try {
    const manifest = await runPipeline({
      ...request,
      observer: {
        ...observer,
        onStepFinished: (step, stepRecord, kept) => {
          pending.push(
            ledger.recordStep({
              runId,
              step,
              status: kept ? "skipped" : "done",
              startedAt: new Date(stepRecord.startedAt),
              finishedAt: new Date(stepRecord.finishedAt ?? stepRecord.startedAt),
            }),
          );
          observer?.onStepFinished?.(step, stepRecord, kept);
        },
      },
    });
    await Promise.all(pending);
    await recordModel(request.directory, manifest, runId, ledger);
    await ledger.finishRun(runId, "done", new Date());
    return manifest;
  } catch (error) {
    await Promise.allSettled(pending);
    await ledger.finishRun(runId, error instanceof OsteonError ? "failed" : "failed", new Date());
    throw error;
  }
}
