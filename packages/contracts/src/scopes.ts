import { z } from "zod";

/** What an access token may be used for. */
export const scopeSchema = z
  .enum(["generate", "generate:bulk", "models:promote", "audit:read", "metrics:read", "admin"])
  .meta({
    id: "Scope",
    description:
      "generate: ask for patients; generate:bulk: ask for many at once; models:promote: change what is on air; " +
      "audit:read: read the audit trail and the usage; metrics:read: read the metrics, for a monitoring program; admin: everything, keys included",
  });

export type Scope = z.infer<typeof scopeSchema>;

/** Whether somebody with these scopes may do what needs `scope`: admin may do all, and who may ask for many may ask for few. */
export function grantsScope(scopes: readonly Scope[], scope: Scope): boolean {
  return (
    scopes.includes(scope) || scopes.includes("admin") || (scope === "generate" && scopes.includes("generate:bulk"))
  );
}
