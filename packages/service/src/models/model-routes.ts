import {
  cardTextSchema,
  modelDetailSchema,
  modelHistorySchema,
  modelListSchema,
  modelReferenceSchema,
} from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { ScopeGuard } from "../authentication/require-scope.ts";
import { accessRefusals, problemResponses } from "../problem-responses.ts";
import { askedVersion, type OfVersion } from "./asked-version.ts";
import type { ModelCatalogue } from "./model-catalogue.ts";

const params = z.strictObject({ version: z.string() });
const tags = ["models"];
const security = [{ session: [] }, { bearer: [] }];
const unknown = { ...accessRefusals, 404: "There is no such model, or nothing of that kind in it" };

/** A page that runs nothing and loads nothing, to be looked at within the application and nowhere else. */
const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'self'; sandbox";

/** Adds what tells of models: anybody who is known may read it, as it holds nothing of a single patient. */
export function addModelRoutes(app: FastifyInstance, catalogue: ModelCatalogue, requireScope: ScopeGuard): void {
  const onRequest = requireScope();
  const answered = (description: string, schema: z.ZodType, others: Record<number, string> = unknown) => ({
    200: { description, content: { "application/json": { schema } } },
    ...problemResponses(others),
  });
  app.get("/models", {
    schema: {
      operationId: "listModels",
      summary: "Versions of the model, and which is on air",
      tags,
      security,
      response: answered("Every version, newest first; each signature is checked", modelListSchema, accessRefusals),
    },
    onRequest,
    handler: async () => ({ can_move: catalogue.moves !== null, ...(await catalogue.list()) }),
  });
  app.get("/models/history", {
    schema: {
      operationId: "listMoves",
      summary: "Who put what on air, when and why",
      tags,
      security,
      response: answered("Oldest first", modelHistorySchema, accessRefusals),
    },
    onRequest,
    handler: async () => ({ moves: await catalogue.history() }),
  });
  app.get<OfVersion>("/models/:version", {
    schema: {
      operationId: "readModel",
      summary: "What is known of a version",
      tags,
      security,
      params,
      response: answered("Facts, scores, checks of the release gate", modelDetailSchema),
    },
    onRequest,
    handler: async (request) => catalogue.read(askedVersion(request)),
  });
  app.get<OfVersion>("/models/:version/reference", {
    schema: {
      operationId: "readReference",
      summary: "How the real cohort behind a version is distributed",
      description: "Sums over at least five patients, as the evaluation shows them; nothing of one patient.",
      tags,
      security,
      params,
      response: answered("Distributions", modelReferenceSchema),
    },
    onRequest,
    handler: async (request) => found(await catalogue.reference(askedVersion(request)), "evaluation"),
  });
  app.get<OfVersion>("/models/:version/card", {
    schema: {
      operationId: "readModelCard",
      summary: "The model card",
      tags,
      security,
      params,
      response: answered("The card in Markdown", cardTextSchema),
    },
    onRequest,
    handler: async (request) => ({ markdown: found(await catalogue.card(askedVersion(request)), "model card") }),
  });
  app.get<OfVersion>("/models/:version/report", {
    schema: {
      operationId: "readReport",
      summary: "The evaluation as a page",
      tags,
      security,
      params,
      response: {
        200: { description: "One HTML page without scripts", content: { "text/html": { schema: z.string() } } },
        ...problemResponses(unknown),
      },
    },
    onRequest,
    handler: async (request, reply) => {
      const page = found(await catalogue.report(askedVersion(request)), "evaluation");
      void reply.headers({ "content-security-policy": reportPolicy, "x-frame-options": "SAMEORIGIN" });
      // A sandboxed page has an origin of its own anyway.
      void reply.removeHeader("origin-agent-cluster");
      return reply.type("text/html; charset=utf-8").send(Buffer.from(page));
    },
  });
}

function found<T>(value: T | null, what: string): T {
  if (value === null) throw osteonError("service.not-in-package", { what });
  return value;
}
