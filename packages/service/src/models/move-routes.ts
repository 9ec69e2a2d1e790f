import {
  modelMoveSchema,
  promoteRequestSchema,
  rollbackRequestSchema,
  type PromoteRequest,
  type RollbackRequest,
} from "@osteon/contracts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { ScopeGuard } from "../authentication/require-scope.ts";
import { accessRefusals, bodyRefusals, problemResponses } from "../problem-responses.ts";
import { askedVersion, type OfVersion } from "./asked-version.ts";
import type { ModelMoves } from "./model-catalogue.ts";

/** Adds `POST /models/{version}/promote` and `POST /models/rollback`. */
export function addMoveRoutes(app: FastifyInstance, moves: ModelMoves, requireScope: ScopeGuard): void {
  const onRequest = requireScope("models:promote");
  const shared = {
    tags: ["models"],
    security: [{ session: [] }, { bearer: [] }],
    response: {
      200: { description: "The move, signed and kept", content: { "application/json": { schema: modelMoveSchema } } },
      ...problemResponses({
        ...accessRefusals,
        ...bodyRefusals,
        404: "There is no such model",
        409: "The release gate was not passed, the model does not work, or somebody else moved meanwhile",
        422: "A field is not allowed, or the gate is to be overridden without a reason",
      }),
    },
  };
  app.post<OfVersion & { Body: PromoteRequest }>("/models/:version/promote", {
    schema: {
      operationId: "promoteModel",
      summary: "Put a version on air",
      description:
        "The model is loaded and sampled first. Services that follow the registry take it up within seconds, without " +
        "losing a request.",
      ...shared,
      params: z.strictObject({ version: z.string() }),
      body: promoteRequestSchema,
    },
    onRequest,
    handler: async (request) => moves.promote(askedVersion(request), { ...request.body, by: nameOf(request) }),
  });
  app.post<{ Body: RollbackRequest }>("/models/rollback", {
    schema: {
      operationId: "rollBackModel",
      summary: "Put an earlier version back on air",
      description: "It is loaded and sampled first: if that fails, what is on air stays.",
      ...shared,
      body: rollbackRequestSchema,
    },
    onRequest,
    handler: (request) => moves.rollback(request.body.to, { reason: request.body.reason, by: nameOf(request) }),
  });
}

/** Who is named in the history. */
function nameOf({ principal }: FastifyRequest): string {
  return principal!.id.slice(0, 200);
}
