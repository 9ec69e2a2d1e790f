import { servicePartSchema, sessionSchema, type ServicePart, type Session } from "@osteon/contracts";
import { OsteonError, osteonError } from "@osteon/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { readBearerToken } from "../authentication/bearer-token.ts";
import type { ScopeGuard } from "../authentication/require-scope.ts";
import { accessRefusals, bodyRefusals, problemResponses } from "../problem-responses.ts";
import { clearSessionCookie, readSessionId, refuseForeignRequest, writeSessionCookie } from "./session-cookie.ts";
import type { SessionStore } from "./session-store.ts";

/** A part is there where this route is. */
const routeOfPart: Readonly<Record<ServicePart, { readonly method: "GET" | "POST"; readonly url: string }>> = {
  models: { method: "GET", url: "/models" },
  moves: { method: "POST", url: "/models/rollback" },
  run: { method: "GET", url: "/runs/current/events" },
  drift: { method: "GET", url: "/drift" },
  usage: { method: "GET", url: "/usage" },
  audit: { method: "GET", url: "/audit" },
};

const content = { "application/json": { schema: sessionSchema } };

/** Adds `POST`, `GET` and `DELETE /session`: how a browser signs in without keeping a token. */
export function addSessionRoutes(app: FastifyInstance, sessions: SessionStore, requireScope: ScopeGuard): void {
  const describe = (request: FastifyRequest, id: string | undefined): Session => {
    const remainingMs = id === undefined ? 0 : sessions.remainingMs(id);
    return {
      principal: request.principal?.id ?? null,
      scopes: [...(request.principal?.scopes ?? [])],
      expires_at: remainingMs > 0 ? new Date(Date.now() + remainingMs).toISOString() : null,
      parts: servicePartSchema.options.filter((part) => app.hasRoute(routeOfPart[part])),
    };
  };
  app.post("/session", {
    schema: {
      operationId: "openSession",
      summary: "Sign in with an access token",
      description:
        "Sets a cookie that no script can read and that stands for the token until it is unused for 30 minutes, is 12 " +
        "hours old, or the token ends.",
      tags: ["sessions"],
      security: [{ bearer: [] }],
      response: {
        201: { description: "Signed in", content },
        ...problemResponses({ ...accessRefusals, ...bodyRefusals }),
      },
    },
    onRequest: async (request) => {
      // A session cannot be opened with another session.
      if (readBearerToken(request.headers.authorization) === undefined) throw osteonError("service.token-missing", {});
      await requireScope()(request);
    },
    handler: async (request, reply) => {
      const before = readSessionId(request);
      if (before !== undefined) sessions.close(before);
      const id = sessions.open(readBearerToken(request.headers.authorization)!);
      writeSessionCookie(request, reply, id);
      return reply.code(201).send(describe(request, id));
    },
  });
  app.get("/session", {
    schema: {
      operationId: "readSession",
      summary: "Who is signed in",
      tags: ["sessions"],
      security: [{ session: [] }, { bearer: [] }, {}],
      response: {
        200: { description: "Who sends the request, and what they may do; nobody may do nothing", content },
      },
    },
    onRequest: async (request) => {
      await requireScope()(request).catch((error: unknown) => {
        if (!(error instanceof OsteonError) || error.definition.status !== 401) throw error;
      });
    },
    handler: async (request) => describe(request, readSessionId(request)),
  });
  app.delete("/session", {
    schema: {
      operationId: "closeSession",
      summary: "Sign out",
      tags: ["sessions"],
      security: [{ session: [] }],
      response: {
        204: {
          description: "Signed out, also where nobody was signed in",
          content: { "text/plain": { schema: z.void() } },
        },
        ...problemResponses({ 403: "The request may come from another site" }),
      },
    },
    onRequest: async (request) => refuseForeignRequest(request),
    handler: async (request, reply) => {
      const id = readSessionId(request);
      if (id !== undefined) sessions.close(id);
      clearSessionCookie(request, reply);
      return reply.code(204).send();
    },
  });
}
