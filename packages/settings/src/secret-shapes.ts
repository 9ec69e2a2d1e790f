/** Forms that are a secret wherever they stand in a text. */
const tellingShapes = [
  /AGE-SECRET-KEY-/i,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // JSON Web Token.
  /\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/,
  // API key of the service.
  /osteon_[0-9a-f]{12}_[0-9a-f]{64}/i,
  // Password in a URL.
  /:\/\/[^/\s:@]*:[^/\s@]+@/,
];

/** Forms that are a secret where they are the whole value; within a text they may be a digest. */
const wholeShapes = [
  // 32 bytes in hexadecimal.
  /^[0-9a-f]{64,}$/i,
  // 32 bytes in base64url, as the service's own tokens are; a name would not mix all three kinds.
  /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w-]{43}$/,
];

/**
 * Whether a value looks like a secret: an age identity, a private key, a JWT, a URL with a password, 32
 * bytes in hexadecimal or base64url. Secrets enter by files and environment variables, never by the
 * configuration or the command line, where other users and the shell's history see them.
 */
export function looksLikeSecret(value: string): boolean {
  const text = value.trim();
  return containsSecret(text) || wholeShapes.some((shape) => shape.test(text));
}

/** Whether a longer text, such as a line with its remark, holds a secret that no context excuses. */
export function containsSecret(text: string): boolean {
  return tellingShapes.some((shape) => shape.test(text));
}
