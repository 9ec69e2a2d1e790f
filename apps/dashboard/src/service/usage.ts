import { usageAnswerSchema } from "@osteon/contracts";
import { queryOptions } from "@tanstack/react-query";
import { askAgainEvery } from "./ask-again.ts";
import { ask } from "./ask.ts";

export type UsagePeriod = "hour" | "day";

/** What was asked in one hour or day; without a condition. */
export interface UsageEntry {
  /** Start, ISO 8601. */
  readonly from: string;
  readonly requests: number;
  /** Not counted are requests that the client got wrong. */
  readonly errors: number;
  readonly patients: number;
  /** Null where nothing was asked. */
  readonly p50_ms: number | null;
  readonly p99_ms: number | null;
}

/** Oldest first; intervals in which nothing was asked are left out. */
export const usageQuery = (period: UsagePeriod) =>
  queryOptions({
    queryKey: ["usage", period],
    queryFn: async ({ signal }): Promise<readonly UsageEntry[]> => {
      const { points } = await ask(`/usage?step=${period}`, usageAnswerSchema, { signal });
      return points.map(({ start, requests, errors, patients, latency_ms: { p50, p99 } }) => ({
        from: start,
        requests,
        errors,
        patients,
        p50_ms: requests === 0 ? null : p50,
        p99_ms: requests === 0 ? null : p99,
      }));
    },
    refetchInterval: askAgainEvery(60_000),
  });
