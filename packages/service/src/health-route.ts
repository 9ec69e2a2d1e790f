import { healthSchema, type Health } from "@osteon/contracts";
import type { FastifyInstance } from "fastify";
import type { ModelSource } from "./model-source.ts";

/** Adds `GET /health`, open to anyone: it tells whether a model is loaded, and which. */
export function addHealthRoute(app: FastifyInstance, model: ModelSource): void {
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
    handler: async (_request, reply) => {
      const health = describeHealth(model);
      return reply.code(health.model_loaded ? 200 : 503).send(health);
    },
  });
}

function describeHealth(model: ModelSource): Health {
  const synthesiser = model();
  return synthesiser === undefined
    ? { status: "unavailable", model_loaded: false, model_version: null }
    : { status: "healthy", model_loaded: true, model_version: synthesiser.modelVersion };
}
