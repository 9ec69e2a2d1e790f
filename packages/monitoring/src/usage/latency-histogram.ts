/** Width of a bucket: each ends this many times later than it begins, so that a quantile is off by 5 % at most. */
const growth = 1.1;
const leastMs = 0.1;
/** Of about an hour; what is slower falls in it too. */
const lastBucket = 185;

/** Counts of requests by bucket of their duration: index in decimal → count. */
export type LatencyCounts = Readonly<Record<string, number>>;

/** Durations in buckets of equal ratio, which add up over any span of time. */
export class LatencyHistogram {
  readonly #counts = new Map<number, number>();
  #total = 0;
  #maximumMs = 0;

  get total(): number {
    return this.#total;
  }

  get maximumMs(): number {
    return this.#maximumMs;
  }

  add(durationMs: number): void {
    this.#put(bucketOf(durationMs), 1);
    if (durationMs > this.#maximumMs) this.#maximumMs = durationMs;
  }

  merge(others: LatencyHistogram): void {
    for (const [bucket, count] of others.#counts) this.#put(bucket, count);
    this.#maximumMs = Math.max(this.#maximumMs, others.#maximumMs);
  }

  /** The duration, ms, that a share of the requests did not exceed; 0 where there is none. */
  quantile(share: number): number {
    let below = 0;
    for (const [bucket, count] of [...this.#counts].sort(([a], [b]) => a - b)) {
      below += count;
      if (below >= share * this.#total) return Math.min(middleOf(bucket), this.#maximumMs);
    }
    return 0;
  }

  toCounts(): LatencyCounts {
    return Object.fromEntries(this.#counts);
  }

  static from(counts: LatencyCounts, maximumMs: number): LatencyHistogram {
    const histogram = new LatencyHistogram();
    for (const [bucket, count] of Object.entries(counts)) histogram.#put(Number(bucket), count);
    histogram.#maximumMs = maximumMs;
    return histogram;
  }

  #put(bucket: number, count: number): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
    this.#total += count;
  }
}

function bucketOf(durationMs: number): number {
  if (!(durationMs > leastMs)) return 0;
  return Math.min(lastBucket, Math.floor(Math.log(durationMs / leastMs) / Math.log(growth)));
}

/** The geometric middle. */
function middleOf(bucket: number): number {
  return leastMs * growth ** (bucket + 0.5);
}
