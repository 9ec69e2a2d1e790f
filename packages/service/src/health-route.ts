import { healthSchema, type Health } from "@osteon/contracts";
import type { Synthesiser } from "@osteon/generator";
import type { FastifyInstance } from "fastify";

/** Adds `GET /health`, open to anyone: it tells whether a model is loaded, and which. */
export function addHealthRoute(app: FastifyInstance, synthesiser: Synthesiser | undefined): void {
  const health: Health =
    synthesiser === undefined
      ? { status: "unavailable", model_loaded: false, model_version: null }
      : { status: "healthy", model_loaded: true, model_version: synthesiser.modelVersion };
  const content = { "application/json": { schema: healthSchema } };
  app.get("/health", {
    schema: {
      operationId: "readHealth",
      summary: "Whether the service can generate",
      tags: ["operation"],
      security: [],
      response: {
        200: { description: "A model is loaded", content },
        503: { description: "No model is loaded", content },
      },
    },
    handler: async (_request, reply) => reply.code(health.model_loaded ? 200 : 503).send(health),
  });
}
