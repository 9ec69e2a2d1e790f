import { grantsScope, type Scope } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { noQuotas, type Quotas } from "../limits/quotas.ts";
import type { Authenticator, Principal, TokenRefusal } from "./authenticator.ts";
import { tokenOfSession } from "../sessions/session-cookie.ts";
import type { SessionStore } from "../sessions/session-store.ts";
import { readBearerToken } from "./bearer-token.ts";
import { RefusalLimit } from "./refusal-limit.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who sent it; undefined where nobody was asked. */
    principal: Principal | undefined;
    /** Why its token was not accepted: for the operator, never for the client. */
    tokenRefusal: TokenRefusal | undefined;
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
  quotas: Quotas = noQuotas,
  sessions?: SessionStore,
): ScopeGuard {
  app.decorateRequest("principal", undefined);
  app.decorateRequest("tokenRefusal", undefined);
  const refusals = new RefusalLimit(quotas.refusals);
  return (scope) => async (request) => {
    const token = readBearerToken(request.headers.authorization) ?? (sessions && tokenOfSession(sessions, request));
    if (token === undefined) throw osteonError("service.token-missing", {});
    refusals.refuseUnseen(request.ip, token);
    const principal = await authenticator.authenticate(token);
    if (typeof principal === "string") {
      request.tokenRefusal = principal;
      throw refusals.noteRefused(request.ip);
    }
    refusals.noteAccepted(token);
    request.principal = principal;
    chargeRequest(request, quotas, principal);
    if (scope !== undefined && !grantsScope(principal.scopes, scope))
      throw osteonError("service.scope-missing", { scope });
  };
}

function chargeRequest(request: FastifyRequest, { requests }: Quotas, { id }: Principal): void {
  if (requests === undefined) return;
  const { allowed, retryAfterSeconds } = requests.check(id, 1);
  if (allowed) requests.spend(id, 1);
  request.allowances = [requests.check(id, 0)];
  if (!allowed) throw osteonError("service.too-many-requests", { limit: requests.limit, retryAfterSeconds });
}
