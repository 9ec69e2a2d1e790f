import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { ask } from "./ask.ts";

const entrySchema = z.looseObject({
  /** Place in the trail, such as `3.17`. */
  id: z.string(),
  at: z.iso.datetime(),
  principal: z.string(),
  action: z.string(),
  outcome: z.enum(["attempted", "succeeded", "failed"]),
  detail: z.record(z.string(), z.json()),
});

/** Answer of `GET /audit`: newest first; `next` asks for what is older. */
const auditSchema = z.looseObject({ entries: z.array(entrySchema), next: z.string().nullable() });

/** Answer of `POST /audit/verify`. */
const verificationSchema = z.looseObject({
  holds: z.boolean(),
  entries: z.number(),
  segments: z.number(),
  findings: z.array(z.looseObject({ kind: z.string(), message: z.string() })),
});

export type AuditEntry = z.infer<typeof entrySchema>;
export type AuditVerification = z.infer<typeof verificationSchema>;

/** What to look for; empty texts ask for nothing. */
export interface AuditSearch {
  readonly principal: string;
  readonly action: string;
  /** ISO dates, days included. */
  readonly from: string;
  readonly to: string;
}

export function addressOf(search: AuditSearch, path = "/audit", next: string | null = null): string {
  const asked = Object.entries({ ...search, ...(next !== null && { after: next }) }).filter(
    ([, value]) => value !== "",
  );
  return asked.length === 0 ? path : `${path}?${new URLSearchParams(asked)}`;
}

export const auditQuery = (search: AuditSearch, next: string | null) =>
  queryOptions({
    queryKey: ["audit", search, next],
    queryFn: ({ signal }) => ask(addressOf(search, "/audit", next), auditSchema, { signal }),
  });

export function verifyTrail(): Promise<AuditVerification> {
  return ask("/audit/verify", verificationSchema, { method: "POST", body: {} });
}
