import { parentPort, workerData } from "node:worker_threads";
import { runPipeline } from "@osteon/pipeline";
import { parseIdentity } from "@osteon/registry";
import { keepMemoryPrivate } from "../crash/keep-memory-private.ts";
import { packError, type RunMessage, type RunOrder } from "./messages.ts";

/** Entry of the thread that computes; see `runInWorker`. */
keepMemoryPrivate();
const port = parentPort!;
const tell = (message: RunMessage): void => port.postMessage(message);
const stopping = new AbortController();
port.once("message", () => stopping.abort());

try {
  const { identitySecret, ...order } = workerData as RunOrder;
  const manifest = await runPipeline({
    ...order,
    identity: identitySecret === undefined ? undefined : await parseIdentity(identitySecret, "The key of the run"),
    signal: stopping.signal,
    observer: {
      onStepStarted: (step) => tell({ type: "step-started", step }),
      onProgress: (step, message, share) => tell({ type: "progress", step, message, share }),
      onStepFinished: (step, record, kept) => tell({ type: "step-finished", step, record, kept }),
      onStepFailed: (step, record) => tell({ type: "step-failed", step, record }),
    },
  });
  tell({ type: "done", manifest });
} catch (error) {
  tell({ type: "error", error: packError(error) });
} finally {
  port.close();
}
