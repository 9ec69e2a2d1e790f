import type { UsagePoint } from "@osteon/contracts";
import { z } from "zod";
import { RouteUsage, routeUsageSchema, type CountedRequest } from "./route-usage.ts";

/** As it stands in a file: by route. */
export const usageIntervalSchema = z.record(z.string().regex(/^(?:\/[a-zA-Z:.*/-]{0,127}|other)$/), routeUsageSchema);

export type StoredUsageInterval = z.infer<typeof usageIntervalSchema>;

/** What was asked of the service in one span of time, by route. */
export class UsageInterval {
  readonly #routes = new Map<string, RouteUsage>();

  add(route: string, request: CountedRequest): void {
    this.#of(route).add(request);
  }

  merge(others: UsageInterval): void {
    for (const [route, usage] of others.#routes) this.#of(route).merge(usage);
  }

  /** All routes together, or one. */
  total(route?: string): RouteUsage {
    const total = new RouteUsage();
    for (const [name, usage] of this.#routes) if (route === undefined || name === route) total.merge(usage);
    return total;
  }

  toPoint(start: number): UsagePoint {
    return {
      start: new Date(start).toISOString(),
      ...this.total().toCounts(),
      by_route: Object.fromEntries([...this.#routes].map(([route, usage]) => [route, usage.toCounts()])),
    };
  }

  toStored(): StoredUsageInterval {
    return Object.fromEntries([...this.#routes].map(([route, usage]) => [route, usage.toStored()]));
  }

  static fromStored(stored: StoredUsageInterval): UsageInterval {
    const interval = new UsageInterval();
    for (const [route, usage] of Object.entries(stored)) interval.#routes.set(route, RouteUsage.fromStored(usage));
    return interval;
  }

  #of(route: string): RouteUsage {
    const usage = this.#routes.get(route) ?? new RouteUsage();
    this.#routes.set(route, usage);
    return usage;
  }
}
