import type { Scope } from "@osteon/contracts";

/** Who sends a request. */
export interface Principal {
  /** Stable and no secret: it may stand in the audit trail, never in a metric. */
  readonly id: string;
  readonly scopes: readonly Scope[];
}

/** Why a token is not accepted. The client is told no more than that it is not. */
export type TokenRefusal = "malformed" | "unknown" | "expired" | "revoked";

/** Tells whose a bearer token is. */
export interface Authenticator {
  authenticate(token: string): Principal | TokenRefusal | Promise<Principal | TokenRefusal>;
}
