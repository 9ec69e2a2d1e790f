import { livenessSchema, readinessSchema, type Readiness } from "@osteon/contracts";
import type { FastifyInstance } from "fastify";
import type { ModelSource } from "./model-source.ts";

/**
 * Adds `GET /health/live` and `GET /health/ready`, open to anyone: whether to start the process anew, and whether to
 * send requests to it. They tell nothing of the model.
 */
export function addProbeRoutes(app: FastifyInstance, model: ModelSource, isDraining: () => boolean): void {
  const shared = { tags: ["operation"], security: [] };
  app.get("/health/live", {
    schema: {
      operationId: "readLiveness",
      summary: "Whether the process answers",
      ...shared,
      response: {
        200: { description: "It does", content: { "application/json": { schema: livenessSchema } } },
      },
    },
    handler: async (_request, reply) => reply.send({ status: "alive" }),
  });

  const content = { "application/json": { schema: readinessSchema } };
  app.get("/health/ready", {
    schema: {
      operationId: "readReadiness",
      summary: "Whether requests should be sent here",
      ...shared,
      response: {
        200: { description: "A model is loaded, and the service is not ending", content },
        503: { description: "Not now", content },
      },
    },
    handler: async (_request, reply) => {
      const readiness = describeReadiness(model, isDraining());
      return reply.code(readiness.status === "ready" ? 200 : 503).send(readiness);
    },
  });
}

function describeReadiness(model: ModelSource, isDraining: boolean): Readiness {
  if (isDraining) return { status: "not-ready", reason: "draining" };
  return model() === undefined ? { status: "not-ready", reason: "no-model" } : { status: "ready", reason: null };
}
