import type { FastifyInstance } from "fastify";
import type { Allowance } from "./sliding-quota.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** What the quotas that a client may know of said to this request. */
    allowances: readonly Allowance[] | undefined;
  }
}

/**
 * Tells clients of their quotas: `RateLimit-Policy` and `RateLimit`
 * (draft-ietf-httpapi-ratelimit-headers-10). Quotas that several clients share are left out: what is left of them
 * would tell one client what another asked for.
 */
export function sendRateLimitHeaders(app: FastifyInstance): void {
  app.decorateRequest("allowances", undefined);
  app.addHook("onSend", async ({ allowances }, reply) => {
    if (allowances === undefined) return;
    void reply.header("ratelimit-policy", allowances.map(describePolicy).join(", "));
    void reply.header("ratelimit", allowances.map(describeAllowance).join(", "));
  });
}

function describePolicy({ quota: { name, unit, limit, windowSeconds } }: Allowance): string {
  // Requests are what the draft takes where no unit is named.
  return `"${name}";q=${limit}${unit === "requests" ? "" : `;qu="${unit}"`};w=${windowSeconds}`;
}

/** What is left after the request. */
function describeAllowance({ quota, remaining, resetSeconds }: Allowance): string {
  return `"${quota.name}";r=${remaining};t=${resetSeconds}`;
}
