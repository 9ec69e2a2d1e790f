/** PostgreSQL's five-character code of an error; undefined for an error that is not the database's. */
export function sqlStateOf(error: unknown): string | undefined {
  const state = (error as { readonly code?: unknown } | null)?.code;
  // Node's codes are longer and begin with E; a state's letters may be any.
  return typeof state === "string" && /^[0-9A-Z]{5}$/.test(state) && !/^E[A-Z]+$/.test(state) ? state : undefined;
}
