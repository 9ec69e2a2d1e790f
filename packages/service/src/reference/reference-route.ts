import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { ApiDocument } from "../openapi-document.ts";
import { renderReference } from "./render-reference.ts";
import { style } from "./style.ts";

/** Lets the page's one style in by its digest, and nothing else: no script, no image, no other address. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Adds `GET /docs`: the description of the interface for people, open to anyone. */
export function addReferenceRoute(app: FastifyInstance): void {
  let page: string | undefined;
  app.get("/docs", {
    schema: {
      operationId: "readReference",
      summary: "This description, as a page",
      tags: ["operation"],
      security: [],
      response: {
        200: { description: "A page without scripts", content: { "text/html": { schema: z.string() } } },
      },
    },
    handler: async (_request, reply) => {
      page ??= renderReference(app.swagger() as unknown as ApiDocument);
      return reply.header("content-security-policy", policy).type("text/html; charset=utf-8").send(page);
    },
  });
}
