import { osteonError, type OsteonError } from "@osteon/errors";
import { sqlStateOf } from "./sql-state.ts";

/** Node's codes of a certificate that was not accepted. */
const certificateCodes =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/;
const refusedLogins: readonly string[] = ["28000", "28P01"];
const unknownDatabase = "3D000";

/**
 * Why a connection was not made, in the catalogue's words. The server's own text is left behind: nothing says
 * that it quotes neither the password nor a value.
 */
export function connectionError(error: unknown, place: string): OsteonError {
  const state = sqlStateOf(error);
  if (state !== undefined) {
    if (refusedLogins.includes(state)) return osteonError("connectors.database-login", { place, state });
    if (state === unknownDatabase) return osteonError("connectors.database-unknown", { place });
    return osteonError("connectors.database-failed", { place, operation: "connect", state });
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (typeof code === "string" && certificateCodes.test(code)) {
    return osteonError("connectors.database-tls", { place, reason: code });
  }
  // `pg` says this in words only.
  if (/does not support SSL/.test(message)) {
    return osteonError("connectors.database-tls", { place, reason: "the server offers no TLS" });
  }
  if (/password/i.test(message)) return osteonError("connectors.database-login", { place, state: "no password given" });
  const reason = typeof code === "string" ? code : "no answer";
  return osteonError("connectors.database-unreachable", { place, reason });
}
