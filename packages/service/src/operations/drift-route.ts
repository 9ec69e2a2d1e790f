import { driftAnswerSchema, type DriftAnswer } from "@osteon/contracts";
import type { FastifyInstance } from "fastify";
import type { ScopeGuard } from "../authentication/require-scope.ts";
import { accessRefusals, problemResponses } from "../problem-responses.ts";

/** The last drift checks of either question. */
export interface DriftSource {
  read(): Promise<DriftAnswer>;
}

/** Adds `GET /drift`: anybody who is known may read it, as it holds nothing of a single patient. */
export function addDriftRoute(app: FastifyInstance, drift: DriftSource, requireScope: ScopeGuard): void {
  app.get("/drift", {
    schema: {
      operationId: "readDrift",
      summary: "Have the patients changed, or what the model gives?",
      description: "The last check of either question, with its reasons, its figures and what to do next.",
      tags: ["operation"],
      security: [{ session: [] }, { bearer: [] }],
      response: {
        200: { description: "The last checks", content: { "application/json": { schema: driftAnswerSchema } } },
        ...problemResponses(accessRefusals),
      },
    },
    onRequest: requireScope(),
    handler: () => drift.read(),
  });
}
