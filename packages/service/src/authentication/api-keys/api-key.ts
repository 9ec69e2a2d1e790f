import { randomBytes } from "node:crypto";

/** Public name of a key: 12 hexadecimal digits. */
const form = /^osteon_([0-9a-f]{12})_[0-9a-f]{64}$/;

/** A fresh key and its id. */
export interface NewApiKey {
  readonly id: string;
  /** Secret: shown once, kept as a hash only. */
  readonly key: string;
}

/**
 * Draws a key, `osteon_ID_SECRET`: a prefix by which scanners find one that leaked, an id that may be named in lists and
 * in the audit trail, and 256 random bits. Hexadecimal, so that a double click takes all of it.
 */
export function drawApiKey(): NewApiKey {
  const id = randomBytes(6).toString("hex");
  return { id, key: `osteon_${id}_${randomBytes(32).toString("hex")}` };
}

/** The id in a key; undefined where a text has not the form of one. */
export function idOfApiKey(text: string): string | undefined {
  return form.exec(text)?.[1];
}

export function isApiKey(text: string): boolean {
  return form.test(text);
}
