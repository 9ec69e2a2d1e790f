import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { z } from "zod";
import { keepResponseParts } from "./response-parts.ts";
import { dropUnreferencedSchemas } from "./unreferenced-schemas.ts";

/** Version of the HTTP interface; changes only when the interface does. */
export const apiVersion = "1.1.0";

const openApiDocumentSchema = z
  .looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) })
  .meta({ description: "An OpenAPI 3.1 document" });

/** Registers what collects the routes. Must come before them. */
export function collectOpenApi(app: FastifyInstance): void {
  void app.register(swagger, {
    openapi: {
      openapi: "3.1.1",
      info: {
        title: "Osteon",
        version: apiVersion,
        description:
          "Synthetic osteosarcoma patients. Everything this service generates is simulated: for research only, " +
          "not for clinical decisions.",
        license: { name: "MIT", identifier: "MIT" },
      },
      tags: [
        { name: "generation", description: "Synthetic patients" },
        { name: "operation", description: "The state of the service" },
        { name: "models", description: "Sealed models, and which is on air" },
        { name: "sessions", description: "Sign-in of browsers" },
      ],
      components: {
        securitySchemes: {
          bearer: {
            type: "http",
            scheme: "bearer",
            description: "An API key or a token of the operator, or an access token (JWT) of the identity provider",
          },
          session: {
            type: "apiKey",
            in: "cookie",
            name: "osteon-session",
            description:
              "A session that POST /session opened; __Host-osteon-session under TLS. What changes something needs the " +
              "header X-Osteon-Request beside it",
          },
        },
      },
    },
    transform: (route) => keepResponseParts(jsonSchemaTransform(route), route.schema),
    transformObject: (document) => dropUnreferencedSchemas(jsonSchemaTransformObject(document)),
  });
}

/** Adds `GET /openapi.json`, generated from the schemas that validate. */
export function addOpenApiRoute(app: FastifyInstance): void {
  app.get("/openapi.json", {
    schema: {
      operationId: "readOpenApi",
      summary: "This description",
      tags: ["operation"],
      security: [],
      response: {
        200: { description: "OpenAPI 3.1", content: { "application/json": { schema: openApiDocumentSchema } } },
      },
    },
    handler: async (_request, reply) =>
      reply.type("application/json; charset=utf-8").send(JSON.stringify(app.swagger())),
  });
}
