import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { constants, setPriority } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { Configuration, DriftQuestion } from "@osteon/contracts";
import { driftCheckEnded, type Logger } from "@osteon/observability";
import { readDriftRecord } from "./drift-records.ts";

/** Told of a check that could not be begun, or that was ended. */
const notRun = 255;

/** Of a service, for its checks. */
export interface ScheduleRequest {
  readonly configuration: Configuration;
  /** The file that the configuration was read from. */
  readonly configurationFile: string;
  /** Where the last checks are kept. */
  readonly directory: string;
  /** Options that say which model is served. */
  readonly model: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

const hourMs = 3_600_000;
/** A service that was just started has other things to do. */
const betweenLooksMs = 10_000;

/**
 * Checks drift as often as is configured, until the signal: each check is an `osteon drift check` of its own, with less
 * priority than requests have, and what it needs of memory is gone when it ends. When the last one was made is read from
 * its record, so that a restart neither repeats nor forgets one; one that failed is made again after an hour.
 */
export function scheduleDriftChecks(request: ScheduleRequest, lookEveryMs: number = betweenLooksMs): void {
  const { configuration, directory, signal } = request;
  const { check_every_hours: everyHours, questions } = configuration.drift;
  if (everyHours === undefined) return;
  void (async () => {
    for (;;) {
      await delay(lookEveryMs, undefined, { signal, ref: false }).catch(() => undefined);
      for (const question of questions) {
        if (signal.aborted) return;
        if (await isDue(directory, question, everyHours * hourMs)) await check(question, request);
      }
    }
  })();
}

async function isDue(directory: string, question: DriftQuestion, everyMs: number): Promise<boolean> {
  // One that cannot be read is written anew.
  const record = await readDriftRecord(directory, question).catch(() => null);
  const { checked_at: checkedAt = null, failure = null } = record ?? {};
  if (failure !== null) return Date.now() - Date.parse(failure.at) >= Math.min(everyMs, hourMs);
  return checkedAt === null || Date.now() - Date.parse(checkedAt) >= everyMs;
}

async function check(question: DriftQuestion, request: ScheduleRequest): Promise<void> {
  const { configuration, configurationFile, directory, model, environment, logger, signal } = request;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { run } = configuration.drift;
  const isAgainstRun = question === "input" && run !== undefined;
  // Against a package patients are told apart from look to look by the site's own pseudonyms alone.
  const isCounted = question === "output" || isAgainstRun || configuration.phi_removal.key_path !== undefined;
  const words = [
    "drift",
    "check",
    "--config",
    configurationFile,
    "--record",
    directory,
    ...(question === "output" ? ["--output"] : []),
    ...(isAgainstRun ? ["--against", run] : model),
    ...(isCounted ? ["--state", directory] : []),
  ];
  const began = performance.now();
  const exitCode = await new Promise<number>((resolve) => {
    const command = [...process.execArgv, process.argv[1]!, ...words];
    const child = spawn(process.execPath, command, { env: environment, stdio: "ignore", signal });
    child.once("spawn", () => {
      try {
        setPriority(child.pid!, constants.priority.PRIORITY_BELOW_NORMAL);
      } catch {
        // It ended already, or this computer does not let anybody.
      }
    });
    child.once("error", () => resolve(notRun));
    child.once("close", (code) => resolve(code ?? notRun));
  });
  if (!signal.aborted) logger.log(driftCheckEnded, { question, exitCode, durationMs: performance.now() - began });
}
