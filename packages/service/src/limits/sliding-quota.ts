import { RecentMap } from "./recent-map.ts";

/** Milliseconds since some moment. It never goes back, whatever is done to the time of day: `performance.now`. */
export type MonotonicClock = () => number;

export interface QuotaOptions {
  /** Named in the RateLimit headers. */
  readonly name: string;
  /** What is counted, in the RateLimit headers. */
  readonly unit: "requests" | "patients";
  /** Most units that a key gets within any window. */
  readonly limit: number;
  readonly windowSeconds: number;
  /** Most keys that are remembered; those not used for the longest are forgotten first. */
  readonly largestKeyCount: number;
  readonly clock: MonotonicClock;
}

/** What a quota says to a cost. */
export interface Allowance {
  readonly quota: SlidingQuota;
  readonly allowed: boolean;
  /** Units left before the cost. */
  readonly remaining: number;
  /** Seconds until units come back; 0 where all are there. */
  readonly resetSeconds: number;
  /** Seconds until the cost would be allowed; Infinity where it is above the limit. */
  readonly retryAfterSeconds: number;
}

/** What a key used, by the slot of time in which it did, the oldest first. */
interface Usage {
  used: number;
  readonly slots: { slot: number; used: number }[];
}

/** A window is told by this many slots, so that it is forgotten at most a 24th part late, and never early. */
const slotsPerWindow = 24;

/**
 * So many units in any window of time, for each key.
 *
 * A window that slides, and not a bucket that refills: a bucket of 1,000 a day gives 2,000 within 24 hours to
 * somebody who first empties it and then takes what comes back, and here the promise is about 24 hours. Counts are in
 * memory: a restart forgets them.
 *
 * @example
 * const patients = new SlidingQuota({ name: "patients", unit: "patients", limit: 10_000, windowSeconds: 86_400, … });
 * if (patients.check("key-1", 50).allowed) patients.spend("key-1", 50);
 */
export class SlidingQuota {
  readonly name: string;
  readonly unit: "requests" | "patients";
  readonly limit: number;
  readonly windowSeconds: number;
  readonly #slotMs: number;
  readonly #clock: MonotonicClock;
  readonly #usages: RecentMap<Usage>;

  constructor({ name, unit, limit, windowSeconds, largestKeyCount, clock }: QuotaOptions) {
    this.name = name;
    this.unit = unit;
    this.limit = limit;
    this.windowSeconds = windowSeconds;
    this.#slotMs = (windowSeconds * 1000) / slotsPerWindow;
    this.#clock = clock;
    this.#usages = new RecentMap(largestKeyCount);
  }

  /** Whether a key may have `cost` units more. Takes none. */
  check(key: string, cost: number): Allowance {
    const { used, slots } = this.#usageOf(key) ?? { used: 0, slots: [] };
    const now = this.#clock();
    const secondsUntilForgotten = (slot: number) =>
      Math.max(1, Math.ceil(((slot + slotsPerWindow + 1) * this.#slotMs - now) / 1000));
    let excess = used + cost - this.limit;
    const allowed = excess <= 0;
    let retryAfterSeconds = allowed ? 0 : Infinity;
    if (cost <= this.limit) {
      for (const { slot, used: freed } of slots) {
        if (excess <= 0) break;
        excess -= freed;
        retryAfterSeconds = secondsUntilForgotten(slot);
      }
    }
    return {
      quota: this,
      allowed,
      remaining: Math.max(0, this.limit - used),
      resetSeconds: slots.length === 0 ? 0 : secondsUntilForgotten(slots[0]!.slot),
      retryAfterSeconds,
    };
  }

  /** Takes units, whether or not they are there. Returns what gives them back, for what came to nothing. */
  spend(key: string, cost: number): () => void {
    const slot = this.#slotNow();
    const usage = this.#usageOf(key) ?? { used: 0, slots: [] };
    const last = usage.slots.at(-1);
    const entry = last?.slot === slot ? last : { slot, used: 0 };
    if (entry !== last) usage.slots.push(entry);
    entry.used += cost;
    usage.used += cost;
    this.#usages.set(key, usage);
    return () => {
      // If the slot is forgotten meanwhile, the units are back already.
      if (!usage.slots.includes(entry)) return;
      entry.used -= cost;
      usage.used -= cost;
    };
  }

  /** Without what is older than the window. */
  #usageOf(key: string): Usage | undefined {
    const usage = this.#usages.get(key);
    if (usage === undefined) return undefined;
    const oldest = this.#slotNow() - slotsPerWindow;
    while (usage.slots.length > 0 && usage.slots[0]!.slot < oldest) {
      usage.used -= usage.slots.shift()!.used;
    }
    return usage;
  }

  #slotNow(): number {
    return Math.floor(this.#clock() / this.#slotMs);
  }
}
