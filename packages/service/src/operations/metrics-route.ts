import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { accessRefusals, problemResponses } from "../problem-responses.ts";

/** The metrics of the service as text. */
export interface MetricsSource {
  /** With the version of the text format. */
  readonly contentType: string;
  render(): Promise<string>;
}

/** Adds `GET /metrics`. */
export function addMetricsRoute(
  app: FastifyInstance,
  metrics: MetricsSource,
  authorise: (request: FastifyRequest) => Promise<void>,
): void {
  app.get("/metrics", {
    schema: {
      operationId: "readMetrics",
      summary: "Metrics for Prometheus",
      description: "Counts, times and states of the service. No metric or label tells what was asked for, or by whom.",
      tags: ["operation"],
      security: [{ bearer: [] }],
      response: {
        200: { description: "Prometheus' text format", content: { "text/plain": { schema: z.string() } } },
        ...problemResponses(accessRefusals),
      },
    },
    onRequest: authorise,
    // As bytes, which the framework passes on as they are.
    handler: async (_request, reply) => reply.type(metrics.contentType).send(Buffer.from(await metrics.render())),
  });
}
