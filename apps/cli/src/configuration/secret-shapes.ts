const shapes = [
  /AGE-SECRET-KEY-/i,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /^[0-9a-f]{64,}$/i,
  /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/,
  /:\/\/[^/\s:@]+:[^/\s@]+@/,
];

/**
 * Whether a text looks like a secret: an age identity, a private key, 32 bytes in hexadecimal, a JWT, a
 * URL with a password. Secrets enter by files and environment variables, never by the configuration or
 * the command line, where other users and the shell's history see them.
 */
export function looksLikeSecret(text: string): boolean {
  return shapes.some((shape) => shape.test(text.trim()));
}
