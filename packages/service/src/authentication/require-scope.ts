import type { Scope } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Authenticator, Principal } from "./authenticator.ts";
import { tokenOfSession } from "../sessions/session-cookie.ts";
import type { SessionStore } from "../sessions/session-store.ts";
import { readBearerToken } from "./bearer-token.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who sent it; undefined where nobody was asked. */
    principal: Principal | undefined;
  }
}

/** A hook that lets those through whose token has the scope; without one, everybody who is known. */
export type ScopeGuard = (scope?: Scope) => (request: FastifyRequest) => Promise<void>;

/**
 * Makes the guards of routes. They run before a body is read, so that nobody without a token makes the service work.
 */
export function createScopeGuard(
  app: FastifyInstance,
  authenticator: Authenticator,
  sessions?: SessionStore,
): ScopeGuard {
  app.decorateRequest("principal", undefined);
  return (scope) => async (request) => {
    const token = readBearerToken(request.headers.authorization) ?? (sessions && tokenOfSession(sessions, request));
    if (token === undefined) throw osteonError("service.token-missing", {});
    const principal = await authenticator.authenticate(token);
    if (typeof principal === "string") throw osteonError("service.token-refused", {});
    request.principal = principal;
    if (scope !== undefined && !principal.scopes.includes(scope) && !principal.scopes.includes("admin")) {
      throw osteonError("service.scope-missing", { scope });
    }
  };
}
