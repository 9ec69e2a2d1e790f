import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import { osteonError } from "@osteon/errors";

/** A fresh access token of 256 random bits, in base64url. Show it once; keep its hash only. */
export function createToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 of a token, 64 hexadecimal digits. No salt or stretching: a token is random, not a password. */
export function hashToken(token: string): string {
  return digestToken(token).toString("hex");
}

/** SHA-256 of a token, 32 bytes. */
export function digestToken(token: string): Buffer {
  return hash("sha256", token, "buffer");
}

/** 1-based position of a token among the accepted ones; undefined where it is none of them. */
export type TokenVerifier = (token: string) => number | undefined;

/**
 * Makes the check from the hashes of the accepted tokens. Hashes are compared in constant time and all
 * of them every time, so that the time taken tells nothing of which one matched or how nearly.
 *
 * @throws OsteonError service.no-tokens, service.token-hash-malformed
 */
export function createTokenVerifier(tokenHashes: readonly string[]): TokenVerifier {
  if (tokenHashes.length === 0) {
    throw osteonError("service.no-tokens", {});
  }
  const accepted = tokenHashes.map((digits, i) => {
    if (!/^[0-9a-f]{64}$/i.test(digits)) {
      throw osteonError("service.token-hash-malformed", { position: i + 1 });
    }
    return Buffer.from(digits, "hex");
  });
  return (token) => {
    const digest = digestToken(token);
    let position: number | undefined;
    for (const [index, known] of accepted.entries()) {
      if (timingSafeEqual(digest, known)) position = index + 1;
    }
    return position;
  };
}

/**
 * Takes the token from an Authorization header (RFC 6750, section 2.1).
 *
 * @returns undefined where there is no bearer token
 */
export function readBearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer +([\w\-.~+/]+=*) *$/i.exec(authorization ?? "")?.[1];
}
