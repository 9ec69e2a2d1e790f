import { classifyValue } from "./value-patterns.ts";

/**
 * The name by which a dropped column may be reported. A header that is long, carries a run of digits or
 * has the form of an identifier may itself be a value, and is reported by its position only.
 */
export function publishableHeader(header: string, ordinal: number): string {
  const text = header.trim();
  const isPlainName = /^[A-Za-z][A-Za-z0-9_ .()/%+-]{0,47}$/.test(text) && !/\d{4}/.test(text);
  return isPlainName && classifyValue(text) === undefined ? text : `column ${ordinal} (name withheld)`;
}
