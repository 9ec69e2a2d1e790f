import type { UsageAnswer, UsageStep } from "@osteon/contracts";
import type { RequestFinished, UsageSource } from "@osteon/service";
import { isMonitoringRoute, RouteLabels, statusLabel } from "../request-labels.ts";
import type { RouteUsage } from "./route-usage.ts";
import { dayMs, minuteMs, UsageDay } from "./usage-day.ts";
import type { UsageFiles } from "./usage-files.ts";
import { UsageInterval } from "./usage-interval.ts";

export interface UsageHistoryOptions {
  /** ms since 1970. */
  readonly now: () => number;
  /** How long hours and days are kept, days. Minutes are kept for today and yesterday. */
  readonly days: number;
  /** Where it outlives the process; undefined for memory alone. */
  readonly files?: UsageFiles;
}

/** Days whose minutes are kept. */
const minuteDays = 2;
const removedAtOnce = 3;

/**
 * What was asked of the service over time: minutes, hours and days by route and status, and by access key in the files
 * alone. Nothing of what was asked for.
 */
export class UsageHistory implements UsageSource {
  readonly #options: UsageHistoryOptions;
  readonly #routes = new RouteLabels();
  readonly #days = new Map<number, UsageDay>();
  #tidiedOn = 0;

  constructor(options: UsageHistoryOptions) {
    this.#options = options;
  }

  /** Takes in what an earlier process left. @returns how many files were damaged and put aside */
  async load(): Promise<number> {
    const { files, days } = this.#options;
    if (files === undefined) return 0;
    const loaded = await files.load(days);
    for (const day of loaded.days) this.#days.set(day.start, day);
    return loaded.damaged;
  }

  record(
    event: Pick<RequestFinished, "route" | "status" | "completed" | "durationMs" | "patientCount" | "principal">,
  ): void {
    if (isMonitoringRoute(event.route)) return;
    const now = this.#options.now();
    this.#dayAt(now).add(
      now,
      this.#routes.labelOf(event.route),
      { status: statusLabel(event.status), durationMs: event.durationMs, patients: patientsOf(event) },
      event.principal,
    );
  }

  read({ from, to, step }: { readonly from: number; readonly to: number; readonly step: UsageStep }): UsageAnswer {
    const intervals = new Map<number, UsageInterval>();
    for (const day of this.#days.values()) {
      if (day.start >= to || day.start + dayMs <= from) continue;
      for (const [start, interval] of step === "minute" ? day.minutes() : day.hours()) {
        const begin = step === "day" ? day.start : start;
        if (begin < from || begin >= to) continue;
        const sum = intervals.get(begin) ?? new UsageInterval();
        sum.merge(interval);
        intervals.set(begin, sum);
      }
    }
    const today = startOf(this.#options.now(), dayMs);
    const kept = step === "minute" ? minuteDays : this.#options.days;
    return {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      step,
      kept_from: new Date(today - (kept - 1) * dayMs).toISOString(),
      points: [...intervals].sort(([a], [b]) => a - b).map(([start, interval]) => interval.toPoint(start)),
    };
  }

  /** The requests of the last minutes, of all routes or of one. */
  recent(minutes: number, route?: string): RouteUsage {
    const now = this.#options.now();
    const first = startOf(now, minuteMs) - (minutes - 1) * minuteMs;
    const total = new UsageInterval();
    for (const day of this.#days.values()) {
      if (day.start + dayMs <= first) continue;
      for (const [start, interval] of day.minutes()) if (start >= first && start <= now) total.merge(interval);
    }
    return total.total(route);
  }

  /** Writes what changed, and lets go what is too old. */
  async flush(): Promise<void> {
    const { files, now, days } = this.#options;
    const today = startOf(now(), dayMs);
    const oldest = today - (days - 1) * dayMs;
    for (const day of this.#days.values()) {
      if (day.start < today - (minuteDays - 1) * dayMs) day.dropMinutes();
      if (day.changed && day.start >= oldest) await files?.write(day);
      if (day.start < oldest) this.#days.delete(day.start);
    }
    // Once a day: a clock that stands wrong for a while must not cost the whole history.
    if (this.#tidiedOn === today) return;
    await files?.removeBefore(`${new Date(oldest).toISOString().slice(0, 10)}.json`, removedAtOnce);
    this.#tidiedOn = today;
  }

  #dayAt(at: number): UsageDay {
    const start = startOf(at, dayMs);
    const day = this.#days.get(start) ?? new UsageDay(start);
    this.#days.set(start, day);
    return day;
  }
}

/** Patients that a client has: not those of an answer that was refused or that broke off. */
export function patientsOf(event: Pick<RequestFinished, "status" | "completed" | "patientCount">): number {
  return event.completed && event.status < 300 ? event.patientCount : 0;
}

function startOf(at: number, length: number): number {
  return Math.floor(at / length) * length;
}
