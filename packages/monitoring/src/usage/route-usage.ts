import type { UsageCounts } from "@osteon/contracts";
import { z } from "zod";
import { LatencyHistogram } from "./latency-histogram.ts";

const countSchema = z.int().min(0);

/** As it stands in a file. */
export const routeUsageSchema = z.strictObject({
  statuses: z.record(z.string().regex(/^(?:[1-5]\d\d|other)$/), countSchema),
  patients: countSchema,
  latency: z.record(z.string().regex(/^\d{1,3}$/), countSchema),
  longest_ms: z.number().min(0),
});

export type StoredRouteUsage = z.infer<typeof routeUsageSchema>;

/** One finished request, as the history counts it. */
export interface CountedRequest {
  readonly status: string;
  readonly durationMs: number;
  readonly patients: number;
}

/** What was asked of one route in one span of time. */
export class RouteUsage {
  readonly #statuses = new Map<string, number>();
  readonly #latency = new LatencyHistogram();
  #patients = 0;

  add({ status, durationMs, patients }: CountedRequest): void {
    this.#put(status, 1);
    this.#latency.add(durationMs);
    this.#patients += patients;
  }

  merge(others: RouteUsage): void {
    for (const [status, count] of others.#statuses) this.#put(status, count);
    this.#latency.merge(others.#latency);
    this.#patients += others.#patients;
  }

  get requests(): number {
    return this.#latency.total;
  }

  /** Answered with 500 or above. */
  get errors(): number {
    return this.#countOf("5");
  }

  /** ms that a share of the requests did not exceed. */
  quantile(share: number): number {
    return this.#latency.quantile(share);
  }

  toCounts(): UsageCounts {
    const rounded = (ms: number) => Math.round(ms * 1000) / 1000;
    return {
      requests: this.requests,
      errors: this.errors,
      refusals: this.#countOf("4"),
      patients: this.#patients,
      latency_ms: {
        p50: rounded(this.quantile(0.5)),
        p95: rounded(this.quantile(0.95)),
        p99: rounded(this.quantile(0.99)),
        max: rounded(this.#latency.maximumMs),
      },
      by_status: Object.fromEntries(this.#statuses),
    };
  }

  toStored(): StoredRouteUsage {
    return {
      statuses: Object.fromEntries(this.#statuses),
      patients: this.#patients,
      latency: this.#latency.toCounts(),
      longest_ms: this.#latency.maximumMs,
    };
  }

  static fromStored({ statuses, patients, latency, longest_ms }: StoredRouteUsage): RouteUsage {
    const usage = new RouteUsage();
    for (const [status, count] of Object.entries(statuses)) usage.#put(status, count);
    usage.#latency.merge(LatencyHistogram.from(latency, longest_ms));
    usage.#patients = patients;
    return usage;
  }

  #put(status: string, count: number): void {
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + count);
  }

  #countOf(firstDigit: string): number {
    let count = 0;
    for (const [status, requests] of this.#statuses) if (status.startsWith(firstDigit)) count += requests;
    return count;
  }
}
