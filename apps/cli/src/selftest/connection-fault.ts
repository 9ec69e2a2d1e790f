/** What the system or TLS calls the fault of a connection (`ECONNREFUSED`, `CERT_HAS_EXPIRED`); undefined of others. */
export function connectionFault(error: unknown): string | undefined {
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" && /^[A-Z][A-Z0-9_]+$/.test(code) ? code : undefined;
}
