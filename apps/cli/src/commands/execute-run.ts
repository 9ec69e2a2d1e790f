import { access, constants, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Configuration } from "@osteon/contracts";
import { OsteonError, osteonError } from "@osteon/errors";
import {
  readDatabaseAddress,
  readRunManifest,
  runLayout,
  stepNames,
  type RunManifest,
  type StepName,
} from "@osteon/pipeline";
import type { CommandContext } from "../command-context.ts";
import { keysOf } from "../keys/command-keys.ts";
import { openRunIdentity } from "../open-model.ts";
import { openLocalLedger, recordRun } from "../record-run.ts";
import { runInWorker } from "../run-worker/run-in-worker.ts";
import { stepProgress } from "../terminal/step-progress.ts";
import { osteonVersion } from "../version.ts";
import { recordProgress } from "../web/run-progress.ts";

/** What a run needs beside its configuration. */
export interface RunRequest {
  readonly configuration: Configuration;
  readonly directory: string;
  readonly steps?: readonly StepName[];
  readonly patientIds?: readonly string[];
}

/** Runs the pipeline with progress on the terminal, and enters it in the ledger however it ends. */
export async function executeRun(request: RunRequest, context: CommandContext): Promise<RunManifest> {
  const { environment, terminal, signal } = context;
  const { configuration, directory } = request;
  refusePlainInProduction(configuration, environment);
  const databaseAddress = await readDatabaseAddress(configuration, environment);
  const ledgerDirectory = configuration.storage.directory;
  // Now, not after the work. It is opened at the end only, as others want it in the meantime.
  await mkdir(ledgerDirectory, { recursive: true });
  await access(ledgerDirectory, constants.W_OK);
  const identity = await openRunIdentity(directory, undefined, keysOf(context, configuration));
  let manifest: RunManifest;
  try {
    manifest = await runInWorker(
      { ...request, databaseAddress, osteonVersion, identitySecret: identity?.revealSecret() },
      recordProgress(directory, stepProgress(terminal)),
      signal,
    );
  } catch (error) {
    // What stopped the run is worth telling, not what kept it from being entered.
    if (!isRefusalToBegin(error)) await enterRun(request).catch(() => undefined);
    throw error;
  }
  try {
    terminal.status("entering the run in the ledger …");
    await enterRun(request);
  } catch (error) {
    terminal.line(`The run in ${directory} is whole; only its entry in the ledger is missing:`);
    throw error;
  }
  return manifest;
}

function refusePlainInProduction({ encryption }: Configuration, environment: CommandContext["environment"]): void {
  const variable = ["OSTEON_ENV", "NODE_ENV"].find((name) => environment[name]?.toLowerCase() === "production");
  if (!encryption.enabled && variable !== undefined) {
    throw osteonError("configuration.plain-in-production", { variable });
  }
}

/** Another process's run, or one of another key, is not ours to enter. */
function isRefusalToBegin(error: unknown): boolean {
  const codes = ["locked", "manifest", "other-key", "key-missing", "pseudonym-key-missing"].map(
    (name) => `pipeline.${name}`,
  );
  return error instanceof OsteonError && codes.includes(error.code);
}

async function enterRun({ configuration, directory }: RunRequest): Promise<void> {
  const manifest = await readRunManifest(join(directory, runLayout.manifest));
  if (!manifest?.steps.load) return;
  await using ledger = await openLocalLedger(configuration.storage.directory);
  await recordRun(ledger, directory, manifest, configuration);
}

/** Reads `--steps`: `all`, or names joined by commas. */
export function parseSteps(text: string): readonly StepName[] {
  if (text === "all") return stepNames;
  return text.split(",").map((part) => {
    const step = stepNames.find((name) => name === part.trim());
    if (!step) {
      throw osteonError("configuration.option", {
        option: "--steps",
        allowed: `all, or some of ${stepNames.join(", ")}, joined by commas`,
        command: "run",
      });
    }
    return step;
  });
}

/** Reads `--patients`: a file with one source id a line. */
export async function readPatientIds(file: string): Promise<readonly string[]> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw osteonError("configuration.file", { file, option: "--patients", reason }, { cause: error });
  }
  const ids = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (ids.length === 0) {
    throw osteonError("configuration.option", {
      option: "--patients",
      allowed: "a file with one patient id a line; this one holds none",
      command: "run",
    });
  }
  return ids;
}
