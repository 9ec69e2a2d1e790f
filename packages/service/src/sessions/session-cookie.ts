import { sessionRequestHeader } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { SessionStore } from "./session-store.ts";

/** With the prefix no other host of the domain can set it, and browsers refuse it over plain HTTP. */
const names = { https: "__Host-osteon-session", http: "osteon-session" } as const;

function nameFor({ protocol }: FastifyRequest): string {
  return names[protocol];
}

function attributesFor({ protocol }: FastifyRequest) {
  return { httpOnly: true, sameSite: "strict", secure: protocol === "https", path: "/" } as const;
}

export function readSessionId(request: FastifyRequest): string | undefined {
  return request.cookies[nameFor(request)];
}

/** It has no date of its own: it ends with the browser, or when the service says so. */
export function writeSessionCookie(request: FastifyRequest, reply: FastifyReply, id: string): void {
  void reply.setCookie(nameFor(request), id, attributesFor(request));
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(nameFor(request), attributesFor(request));
}

/**
 * The access token behind a request's session cookie; undefined where it has none.
 *
 * @throws `service.session-ended` for a cookie that opens nothing any more, and what {@link refuseForeignRequest} throws
 */
export function tokenOfSession(sessions: SessionStore, request: FastifyRequest): string | undefined {
  const id = readSessionId(request);
  if (id === undefined) return undefined;
  refuseForeignRequest(request);
  const token = sessions.tokenOf(id);
  if (token === undefined) throw osteonError("service.session-ended", {});
  return token;
}

/**
 * Refuses a request that another site's page may have made the browser send: one that changes something must carry a
 * header that such a page cannot add, and a browser that tells where a request comes from must tell of this origin.
 *
 * @throws `service.foreign-request`
 */
export function refuseForeignRequest({ method, headers }: FastifyRequest): void {
  if (method === "GET" || method === "HEAD") return;
  const site = headers["sec-fetch-site"];
  if (headers[sessionRequestHeader] === undefined || (site !== undefined && site !== "same-origin")) {
    throw osteonError("service.foreign-request", {});
  }
}
