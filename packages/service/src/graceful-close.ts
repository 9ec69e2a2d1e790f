import type { FastifyInstance } from "fastify";

/**
 * Lets `close()` end as soon as the last answer has left. An answer that began before the closing has
 * promised to keep its connection open; without this, closing would wait for that connection's timeout.
 *
 * @returns whether the closing has begun
 */
export function closeConnectionsWhenAnswered(app: FastifyInstance): () => boolean {
  let closing = false;
  app.addHook("preClose", async () => {
    closing = true;
  });
  app.addHook("onResponse", async () => {
    if (closing) {
      // The connection counts as idle only after the listeners of this event have run.
      setImmediate(() => app.server.closeIdleConnections());
    }
  });
  return () => closing;
}
