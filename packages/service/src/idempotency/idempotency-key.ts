import { osteonError } from "@osteon/errors";

/** Longest key that is taken, characters. */
export const longestIdempotencyKey = 255;

/** A structured-field string (RFC 9651, section 3.3.3) or, as most clients send it, the same without its quotes. */
const quoted = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;
const bare = /^[A-Za-z0-9._~:+/=-]+$/;

/**
 * Reads an `Idempotency-Key` header (IETF draft-ietf-httpapi-idempotency-key-header).
 *
 * @returns undefined where there is none
 * @throws `service.idempotency-key-malformed`
 * @example readIdempotencyKey('"8e03978e-40d5-43e8-bc93-6894a57f9324"') // the key without its quotes
 */
export function readIdempotencyKey(header: string | readonly string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = typeof header === "string" ? header.trim() : "";
  const key = bare.test(text) ? text : quoted.exec(text)?.[1]?.replace(/\\(["\\])/g, "$1");
  if (key === undefined || key.length === 0 || key.length > longestIdempotencyKey) {
    throw osteonError("service.idempotency-key-malformed", { longest: longestIdempotencyKey });
  }
  return key;
}
