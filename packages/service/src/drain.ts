import { setTimeout as delay } from "node:timers/promises";
import type { FastifyInstance } from "fastify";

interface DrainOptions {
  /** Time in which requests are still taken while readiness is told to be over, ms; for balancers that look at it. */
  readonly noticeMs: number;
  /** Longest time for what is under way to be answered after that, ms. */
  readonly timeoutMs: number;
}

declare module "fastify" {
  interface FastifyInstance {
    /**
     * Ends the service: says that it is not ready, takes no new connection, answers what is under way, and cuts off what
     * is not answered in time.
     *
     * @returns whether everything was answered
     */
    drain(options: DrainOptions): Promise<boolean>;
  }
}

/**
 * Adds `drain`, and lets `close()` end as soon as the last answer has left. An answer that began before the closing has
 * promised to keep its connection open; without this, closing would wait for that connection's timeout.
 *
 * @returns whether the service has begun to end
 */
export function addDrain(app: FastifyInstance): () => boolean {
  let isEnding = false;
  app.addHook("preClose", async () => {
    isEnding = true;
  });
  app.addHook("onResponse", async () => {
    if (isEnding) {
      // The connection counts as idle only after the listeners of this event have run.
      setImmediate(() => app.server.closeIdleConnections());
    }
  });
  app.decorate("drain", async ({ noticeMs, timeoutMs }: DrainOptions): Promise<boolean> => {
    isEnding = true;
    await delay(noticeMs);
    let wasInTime = true;
    const deadline = setTimeout(() => {
      wasInTime = false;
      app.server.closeAllConnections();
    }, timeoutMs);
    await app.close();
    clearTimeout(deadline);
    return wasInTime;
  });
  return () => isEnding;
}
