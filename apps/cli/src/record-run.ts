import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { join } from "node:path";
import type { Configuration } from "@osteon/contracts";
import { OsteonError } from "@osteon/errors";
import type { EvaluationReport } from "@osteon/evaluation";
import { packageOfRun, runLayout, scoresOf, type RunManifest, type StepRecord } from "@osteon/pipeline";
import type { Ledger } from "@osteon/storage";
import { emptyDatabaseFile } from "./empty-database.ts";

const longestWaitMs = 30_000;
const pauseMs = 200;

/**
 * Opens the embedded database of a directory; the first one on a machine takes some seconds. Another command
 * has it for about a second at a time, so one that is in use is waited for.
 *
 * @throws what opening throws; `storage.locked` if it is still in use after half a minute
 */
export async function openLocalLedger(directory: string): Promise<Ledger> {
  const { openLedger } = await import("@osteon/storage");
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    try {
      return await openLedger(directory, { snapshotFile: emptyDatabaseFile });
    } catch (error) {
      const isInUse = error instanceof OsteonError && error.code === "storage.locked";
      if (!isInUse || waitedMs >= longestWaitMs) throw error;
      await delay(pauseMs);
    }
  }
}

/** Writes what a run's manifest says, and its scores and model, into the ledger. */
export async function recordRun(
  ledger: Ledger,
  directory: string,
  manifest: RunManifest,
  configuration: Configuration,
): Promise<void> {
  const { runId, steps } = manifest;
  // Without the path of a file, which may name somebody.
  const { gene_aliases: _, ...cohort } = configuration.cohort;
  const records = Object.entries(steps);
  const first = steps.load;
  if (!first) return;
  await ledger.recordRunStarted({
    runId,
    startedAt: new Date(manifest.createdAt),
    // The digest of the source's files and of how they were read: known also where a later step failed.
    cohortDigest: first.key,
    seed: configuration.training.seed,
    options: { training: configuration.training, cohort },
    osteonVersion: manifest.osteonVersion,
  });
  for (const [step, record] of records) {
    await ledger.recordStep({
      runId,
      step,
      status: statusOf(record),
      startedAt: new Date(record.startedAt),
      ...(record.finishedAt !== undefined && { finishedAt: new Date(record.finishedAt) }),
      detail: numbersOf(record),
    });
  }
  if (steps.validate?.status === "done") {
    const report = JSON.parse(await readFile(join(directory, runLayout.validation), "utf8")) as EvaluationReport;
    const scores = Object.entries(scoresOf(report)).map(([metric, score]) => ({ metric, ...score }));
    await ledger.recordScores(runId, scores);
  }
  const sealed = steps.seal?.status === "done" ? steps.seal : undefined;
  if (sealed) {
    await ledger.recordModel({
      version: String(sealed.detail["modelVersion"]),
      runId,
      family: String(sealed.detail["family"]),
      packagePath: packageOfRun(directory),
      createdAt: new Date(sealed.finishedAt ?? sealed.startedAt),
      sealedSha256: sealed.outputs[0]!.sha256,
    });
  }
  await ledger.finishRun(runId, outcomeOf(records.map(([, record]) => statusOf(record))), new Date());
}

type Outcome = "succeeded" | "failed" | "interrupted";

/** `running` stands where the process was killed, or stopped in the midst of a computation. */
function statusOf({ status }: StepRecord): Outcome {
  if (status === "done") return "succeeded";
  return status === "failed" ? "failed" : "interrupted";
}

function outcomeOf(statuses: readonly Outcome[]): Outcome {
  if (statuses.includes("failed")) return "failed";
  return statuses.includes("interrupted") ? "interrupted" : "succeeded";
}

/** Counts and flags alone: the ledger takes no text of a step. */
function numbersOf({ detail }: StepRecord): Record<string, number | boolean | null> {
  return Object.fromEntries(
    Object.entries(detail).filter((entry): entry is [string, number | boolean | null] => typeof entry[1] !== "string"),
  );
}
