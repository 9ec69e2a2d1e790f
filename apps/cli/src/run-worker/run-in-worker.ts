import { Worker } from "node:worker_threads";
import { osteonError } from "@osteon/errors";
import { clearStoppedRun, type PipelineObserver, type RunManifest } from "@osteon/pipeline";
import { unpackError, type RunMessage, type RunOrder } from "./messages.ts";

/** How long an interrupted step may take to end in order; a computation that is in its midst does not hear. */
const graceMs = 1000;

/**
 * Runs the pipeline in a thread of its own, so that this one hears Ctrl-C and shows progress while matrices
 * are multiplied. After the signal the thread is stopped wherever it is: a run is safe against that as it is
 * against being killed, and goes on at the next command.
 *
 * @throws the pipeline's errors; the signal's reason once that is given; `system.exhausted` without memory
 */
export function runInWorker(order: RunOrder, observer: PipelineObserver, signal: AbortSignal): Promise<RunManifest> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: order });
    let outcome: (() => void) | undefined;
    const stop = (): void => {
      outcome ??= () => reject(signal.reason as Error);
      worker.postMessage("stop");
      setTimeout(() => void worker.terminate(), graceMs).unref();
    };
    signal.addEventListener("abort", stop, { once: true });

    worker.on("message", (message: RunMessage) => {
      switch (message.type) {
        case "step-started":
          return observer.onStepStarted?.(message.step);
        case "progress":
          return observer.onProgress?.(message.step, message.message, message.share);
        case "step-finished":
          return observer.onStepFinished?.(message.step, message.record, message.kept);
        case "step-failed":
          return observer.onStepFailed?.(message.step, message.record);
        case "done":
          outcome ??= () => resolve(message.manifest);
          return undefined;
        case "error":
          outcome ??= () => reject(unpackError(message.error));
          return undefined;
      }
    });
    worker.on("error", (error) => {
      const { code } = error as { code?: string };
      outcome ??= () =>
        reject(
          code === "ERR_WORKER_OUT_OF_MEMORY"
            ? osteonError("system.exhausted", { what: "memory", reason: code }, { cause: error })
            : error,
        );
    });
    worker.on("exit", () => {
      signal.removeEventListener("abort", stop);
      const end = outcome ?? (() => reject(new Error("The computing thread ended without a result")));
      // A thread that was stopped in its midst could not tidy up itself.
      void clearStoppedRun(order.directory).then(end, end);
    });
  });
}
