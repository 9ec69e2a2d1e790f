/** A text as SQL writes it; strings take no backslashes in our sessions. */
export function sqlText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A name as SQL writes it, whatever its letters. */
export function sqlName(...parts: readonly string[]): string {
  return parts.map((part) => `"${part.replaceAll('"', '""')}"`).join(".");
}
