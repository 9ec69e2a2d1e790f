import { scopeSchema } from "@osteon/contracts";
import type { Authenticator } from "./authenticator.ts";
import { createTokenVerifier } from "./bearer-token.ts";

/**
 * Accepts whoever has one of the tokens, for everything: what a site with one client needs.
 *
 * @param tokenHashes SHA-256 hashes, 64 hexadecimal digits each; see `hashToken`. At least one
 * @throws OsteonError service.no-tokens, service.token-hash-malformed
 */
export function acceptTokens(tokenHashes: readonly string[]): Authenticator {
  const positionOf = createTokenVerifier(tokenHashes);
  return {
    authenticate: (token) => {
      const position = positionOf(token);
      return position === undefined ? "unknown" : { id: `token-${position}`, scopes: scopeSchema.options };
    },
  };
}
