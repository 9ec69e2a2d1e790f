import {
  auditAnswerSchema,
  auditVerificationSchema,
  type AuditEntryView,
  type AuditVerification,
} from "@osteon/contracts";
import { queryOptions } from "@tanstack/react-query";
import { ask } from "./ask.ts";

export type { AuditEntryView };

/** What to look for; empty texts ask for nothing. */
export interface AuditSearch {
  readonly principal: string;
  readonly action: string;
  /** ISO dates, days included. */
  readonly from: string;
  readonly to: string;
}

/** @param further parts of the query beside the search */
export function addressOf(
  search: AuditSearch,
  path = "/audit",
  further: Readonly<Record<string, string>> = {},
): string {
  const asked = Object.entries({ ...search, ...further }).filter(([, value]) => value !== "");
  return asked.length === 0 ? path : `${path}?${new URLSearchParams(asked)}`;
}

export const auditQuery = (search: AuditSearch, next: string | null) =>
  queryOptions({
    queryKey: ["audit", search, next],
    queryFn: ({ signal }) =>
      ask(addressOf(search, "/audit", next === null ? {} : { after: next }), auditAnswerSchema, { signal }),
  });

export function verifyTrail(): Promise<AuditVerification> {
  return ask("/audit/verify", auditVerificationSchema, { method: "POST", body: {} });
}
