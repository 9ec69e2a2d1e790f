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
