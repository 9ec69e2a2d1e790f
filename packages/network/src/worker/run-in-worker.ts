import { catalogue, OsteonError, osteonError, type ErrorCode } from "@osteon/errors";
import { Worker } from "node:worker_threads";
import type { SentError, WorkerMessage, WorkerStart } from "./protocol.ts";

export interface WorkerCall<Argument, Report> {
  /** The module that exports the job: `new URL("./job.ts", import.meta.url)`. */
  readonly module: URL;
  /** The name of the exported `WorkerJob`. */
  readonly exportName: string;
  /** Copied by structured cloning. */
  readonly argument: Argument;
  readonly signal?: AbortSignal | undefined;
  readonly onReport?: (report: Report) => void;
}

/**
 * Runs a job in a thread of its own, so that the caller's event loop stays free while ONNX Runtime works.
 * An aborted signal ends the job at its next look at its own signal and rejects with the caller's reason;
 * Osteon's errors arrive as they were thrown. Throws `network.worker` where the thread dies.
 */
export async function runInWorker<Argument, Result, Report = never>(
  call: WorkerCall<Argument, Report>,
): Promise<Result> {
  const { signal, onReport } = call;
  signal?.throwIfAborted();
  const start: WorkerStart = { module: call.module.href, exportName: call.exportName, argument: call.argument };
  const worker = new Worker(new URL("./worker-thread.ts", import.meta.url), { workerData: start });
  const abort = () => worker.postMessage("abort");
  signal?.addEventListener("abort", abort);
  try {
    return await new Promise<Result>((resolve, reject) => {
      worker.on("message", (message: WorkerMessage) => {
        if ("report" in message) onReport?.(message.report as Report);
        else if ("result" in message) resolve(message.result as Result);
        else reject(signal?.aborted ? (signal.reason as Error) : rebuildError(message.error));
      });
      worker.on("error", reject);
      // Comes after the last message: has no effect where that was the result.
      worker.on("exit", (exitCode) => reject(osteonError("network.worker", { exitCode })));
    });
  } finally {
    signal?.removeEventListener("abort", abort);
    await worker.terminate();
  }
}

function rebuildError({ message, stack, code, parameters }: SentError): Error {
  const cause = Object.assign(new Error(message), { stack });
  if (code === undefined || !Object.hasOwn(catalogue, code)) return cause;
  return new OsteonError(code as ErrorCode, parameters, { cause });
}
