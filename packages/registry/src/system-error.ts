/** The operating system's name for what went wrong (`ENOENT`, `EACCES`, …), or the error's own name. */
export function systemErrorCode(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { code } = error as Error & { code?: unknown };
  return typeof code === "string" ? code : error.name;
}
