import type { SignatureAlgorithm } from "@osteon/contracts";
import { OsteonError } from "@osteon/errors";
import { errors, jwtVerify, type JWTPayload } from "jose";
import type { Authenticator } from "../authenticator.ts";
import type { FollowedKeySet } from "./key-set.ts";
import { scopesOfClaims, type ScopeRules } from "./scopes-of-claims.ts";
import { subjectId } from "./subject-id.ts";

export interface IdentityTokenOptions extends ScopeRules {
  readonly issuer: string;
  readonly audience: string;
  /** The only ones that are taken, whatever a token's header says. */
  readonly algorithms: readonly SignatureAlgorithm[];
  readonly keys: FollowedKeySet;
  /** See {@link subjectId}. */
  readonly subjectKey: Uint8Array;
  /** The time by which tokens begin and end. */
  readonly now?: () => Date;
}

/** How far the clocks of identity provider and service may differ. */
const clockToleranceSeconds = 30;

/**
 * Accepts the access tokens of an OpenID Connect provider: JSON Web Tokens (RFC 7519) with a signature by one of its
 * keys, its name, this service as their audience, an end and a subject.
 */
export function acceptIdentityTokens(options: IdentityTokenOptions): Authenticator {
  const { issuer, audience, algorithms, keys, subjectKey, now = () => new Date() } = options;
  return {
    authenticate: async (token) => {
      if (token.split(".").length !== 3) return "malformed";
      let payload: JWTPayload;
      try {
        ({ payload } = await jwtVerify(token, keys.keyFor, {
          issuer,
          audience,
          algorithms: [...algorithms],
          requiredClaims: ["exp", "sub"],
          clockTolerance: clockToleranceSeconds,
          currentDate: now(),
        }));
      } catch (error) {
        if (error instanceof OsteonError) throw error;
        if (error instanceof errors.JWTExpired) return "expired";
        return error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid ? "malformed" : "unknown";
      }
      const { sub } = payload;
      if (typeof sub !== "string" || sub === "") return "malformed";
      return { id: subjectId(subjectKey, issuer, sub), scopes: scopesOfClaims(payload, options) };
    },
  };
}
