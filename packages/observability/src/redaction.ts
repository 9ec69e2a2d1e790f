/*
 * The second line. The first is that events are declared and their fields narrow; this one catches
 * a field that was declared too wide, by its name or by what its value looks like.
 */

export const censor = "[redacted]";

const secretNames = [
  "authorization",
  "cookie",
  "identity",
  "key",
  "apiKey",
  "passphrase",
  "password",
  "secret",
  "token",
  "patientId",
  "body",
  "query",
];

/** Paths for pino's `redact`. Its wildcard reaches one level, which is all that an event has. */
export const secretPaths: readonly string[] = secretNames.flatMap((name) => [name, `*.${name}`]);

const secretPatterns = [
  /AGE-SECRET-KEY-/i,
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\b(?:Bearer|Basic)\s+\S/i,
  /\beyJ[\w-]+\.[\w-]+\./, // JSON Web Token
  /osteon_[0-9a-f]{12}_[0-9a-f]/i, // API key
  /:\/\/[^/\s:@]+:[^/\s@]+@/, // password in a URL
];

/** Replaces a text that holds a secret; gives everything else back as it is. */
export function redactSecret<T>(value: T): T | typeof censor {
  return typeof value === "string" && secretPatterns.some((pattern) => pattern.test(value)) ? censor : value;
}
