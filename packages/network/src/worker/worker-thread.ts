// The other side of run-in-worker.ts: runs one job and ends.
import { OsteonError } from "@osteon/errors";
import { parentPort, workerData } from "node:worker_threads";
import type { SentError, WorkerJob, WorkerMessage, WorkerStart } from "./protocol.ts";

const port = parentPort!;
const controller = new AbortController();
port.on("message", () => controller.abort());

const { module, exportName, argument } = workerData as WorkerStart;
try {
  const exported = (await import(module)) as Record<string, WorkerJob<unknown, unknown, unknown>>;
  const result = await exported[exportName]!(argument, {
    signal: controller.signal,
    report: (report) => send({ report }),
  });
  send({ result });
} catch (error) {
  send({ error: describe(error) });
}
port.close();

function send(message: WorkerMessage): void {
  port.postMessage(message);
}

function describe(error: unknown): SentError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const { code, parameters } = error instanceof OsteonError ? error : { code: undefined, parameters: {} };
  return { message, stack, code, parameters };
}
