import { setTimeout as delay } from "node:timers/promises";
import { Readable } from "node:stream";
import { runProgressSchema, type RunProgress } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { FastifyInstance } from "fastify";
import type { ScopeGuard } from "../authentication/require-scope.ts";
import { accessRefusals, problemResponses } from "../problem-responses.ts";

/** How far the run is; null where there is none in the directory. */
export type RunProgressSource = () => Promise<RunProgress | null>;

const pollMs = 1_000;
/** Shorter than any proxy's patience with a silent connection. */
const heartbeatMs = 15_000;
const mostListeners = 50;

/** Adds `GET /runs/current/events`: how far a training run is, as server-sent events. */
export function addRunEventsRoute(app: FastifyInstance, source: RunProgressSource, requireScope: ScopeGuard): void {
  const closing = new AbortController();
  let listeners = 0;
  app.addHook("preClose", async () => closing.abort());
  app.get("/runs/current/events", {
    schema: {
      operationId: "followRun",
      summary: "How far the training run is, live",
      description: "Server-sent events `progress`, one at once and one at each change; none while there is no run.",
      tags: ["operation"],
      security: [{ session: [] }, { bearer: [] }],
      response: {
        200: {
          description: "Events whose data are run progress",
          content: { "text/event-stream": { schema: runProgressSchema } },
        },
        ...problemResponses({
          ...accessRefusals,
          503: "Too many are listening",
        }),
      },
    },
    onRequest: requireScope(),
    handler: async (_request, reply) => {
      if (listeners >= mostListeners) throw osteonError("service.too-many-listeners", {});
      listeners++;
      const gone = new AbortController();
      reply.raw.once("close", () => {
        listeners--;
        gone.abort();
      });
      const events = followRun(source, AbortSignal.any([gone.signal, closing.signal]));
      void reply.type("text/event-stream; charset=utf-8").header("x-accel-buffering", "no");
      return reply.send(Readable.from(events, { objectMode: false }));
    },
  });
}

/** Writes an event at each change, and a remark now and then so that nobody takes the connection for dead. */
export async function* followRun(source: RunProgressSource, signal: AbortSignal): AsyncGenerator<string, void> {
  let last = "";
  let toldAt = performance.now();
  yield "retry: 5000\n\n";
  while (!signal.aborted) {
    // A manifest that cannot be read now may be readable in a second; the run itself goes on.
    const progress = await source().catch(() => null);
    const data = progress === null ? "" : JSON.stringify(progress);
    if (data !== last && data !== "") {
      toldAt = performance.now();
      yield `event: progress\ndata: ${data}\n\n`;
    } else if (performance.now() - toldAt > heartbeatMs) {
      toldAt = performance.now();
      yield ": still here\n\n";
    }
    last = data;
    await delay(pollMs, undefined, { signal }).catch(() => undefined);
  }
}
