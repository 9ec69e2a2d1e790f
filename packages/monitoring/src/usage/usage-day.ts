import { z } from "zod";
import type { CountedRequest } from "./route-usage.ts";
import { UsageInterval, usageIntervalSchema } from "./usage-interval.ts";

export const dayMs = 86_400_000;
const hourMs = 3_600_000;
export const minuteMs = 60_000;

const countSchema = z.int().min(0);
const keyUsageSchema = z.strictObject({ requests: countSchema, patients: countSchema });

/** More keys than a site gives out; the requests of those beyond it count together. */
const mostKeys = 500;
const otherKeys = "(others)";

/** The file of one day in UTC. */
export const usageDaySchema = z.strictObject({
  format: z.literal("osteon-usage/1"),
  day: z.iso.date(),
  /** By the minute of the day, 0 to 1439; empty in a file of a day before yesterday. */
  minutes: z.record(z.string().regex(/^\d{1,4}$/), usageIntervalSchema),
  /** By the hour of the day. */
  hours: z.record(z.string().regex(/^\d{1,2}$/), usageIntervalSchema),
  /** By the id of the access key. */
  keys: z.record(z.string().min(1).max(200), keyUsageSchema),
});

export type StoredUsageDay = z.infer<typeof usageDaySchema>;

/** What was asked of the service on one day in UTC. */
export class UsageDay {
  /** ms since 1970. */
  readonly start: number;
  /** Whether it holds what its file does not. */
  changed = false;
  readonly #minutes = new Map<number, UsageInterval>();
  readonly #hours = new Map<number, UsageInterval>();
  readonly #keys = new Map<string, { requests: number; patients: number }>();

  constructor(start: number) {
    this.start = start;
  }

  get name(): string {
    return new Date(this.start).toISOString().slice(0, 10);
  }

  add(at: number, route: string, request: CountedRequest, key: string | undefined): void {
    const since = at - this.start;
    intervalAt(this.#minutes, Math.floor(since / minuteMs)).add(route, request);
    intervalAt(this.#hours, Math.floor(since / hourMs)).add(route, request);
    if (key !== undefined) this.#countKey(key.slice(0, 200), request);
    this.changed = true;
  }

  /** Its minutes with their starts. */
  *minutes(): Generator<readonly [start: number, UsageInterval]> {
    for (const [minute, interval] of this.#minutes) yield [this.start + minute * minuteMs, interval];
  }

  *hours(): Generator<readonly [start: number, UsageInterval]> {
    for (const [hour, interval] of this.#hours) yield [this.start + hour * hourMs, interval];
  }

  dropMinutes(): void {
    if (this.#minutes.size === 0) return;
    this.#minutes.clear();
    this.changed = true;
  }

  toStored(): StoredUsageDay {
    const stored = (intervals: ReadonlyMap<number, UsageInterval>) =>
      Object.fromEntries([...intervals].map(([index, interval]) => [String(index), interval.toStored()]));
    return {
      format: "osteon-usage/1",
      day: this.name,
      minutes: stored(this.#minutes),
      hours: stored(this.#hours),
      keys: Object.fromEntries(this.#keys),
    };
  }

  static fromStored({ day, minutes, hours, keys }: StoredUsageDay): UsageDay {
    const usage = new UsageDay(Date.parse(`${day}T00:00:00Z`));
    for (const [index, stored] of Object.entries(minutes))
      usage.#minutes.set(Number(index), UsageInterval.fromStored(stored));
    for (const [index, stored] of Object.entries(hours))
      usage.#hours.set(Number(index), UsageInterval.fromStored(stored));
    for (const [key, counts] of Object.entries(keys)) usage.#keys.set(key, { ...counts });
    return usage;
  }

  #countKey(key: string, { patients }: CountedRequest): void {
    const name = this.#keys.has(key) || this.#keys.size < mostKeys ? key : otherKeys;
    const counts = this.#keys.get(name) ?? { requests: 0, patients: 0 };
    counts.requests += 1;
    counts.patients += patients;
    this.#keys.set(name, counts);
  }
}

function intervalAt(intervals: Map<number, UsageInterval>, index: number): UsageInterval {
  const interval = intervals.get(index) ?? new UsageInterval();
  intervals.set(index, interval);
  return interval;
}
