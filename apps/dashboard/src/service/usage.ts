import { usageAnswerSchema, type UsageAnswer } from "@osteon/contracts";
import { queryOptions } from "@tanstack/react-query";
import { askAgainEvery } from "./ask-again.ts";
import { ask } from "./ask.ts";

/** What was asked of the service in one hour or day; sums, never a condition. */
export interface UsageEntry {
  /** Start of the hour or day. */
  readonly from: string;
  readonly requests: number;
  readonly errors: number;
  readonly patients: number;
  /** Null where nothing was asked. */
  readonly p50_ms: number | null;
  readonly p99_ms: number | null;
}

export type UsagePeriod = "hour" | "day";

const lengthMs: Readonly<Record<UsagePeriod, number>> = { hour: 3_600_000, day: 86_400_000 };
const shown: Readonly<Record<UsagePeriod, number>> = { hour: 48, day: 30 };

/** The entries of an answer, oldest first, with those that it leaves out because nothing was asked. */
export function entriesOf({ from, to, step, points }: UsageAnswer): readonly UsageEntry[] {
  const length = lengthMs[step === "day" ? "day" : "hour"];
  const known = new Map(points.map((point) => [Date.parse(point.start), point]));
  const begin = Date.parse(from);
  return Array.from({ length: Math.ceil((Date.parse(to) - begin) / length) }, (_, k) => {
    const start = begin + k * length;
    const point = known.get(start);
    return {
      from: new Date(start).toISOString(),
      requests: point?.requests ?? 0,
      errors: point?.errors ?? 0,
      patients: point?.patients ?? 0,
      p50_ms: point?.latency_ms.p50 ?? null,
      p99_ms: point?.latency_ms.p99 ?? null,
    };
  });
}

export const usageQuery = (period: UsagePeriod) =>
  queryOptions({
    queryKey: ["usage", period],
    queryFn: async ({ signal }) => {
      // This one counts too.
      const from = new Date(Date.now() - (shown[period] - 1) * lengthMs[period]).toISOString();
      return entriesOf(await ask(`/usage?step=${period}&from=${from}`, usageAnswerSchema, { signal }));
    },
    refetchInterval: askAgainEvery(60_000),
  });
