import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SlidingQuota, type QuotaOptions } from "./sliding-quota.ts";

const daySeconds = 86_400;

/** A quota whose clock the test moves, in seconds. */
function startQuota(options: Partial<QuotaOptions> = {}) {
  let seconds = 5_000;
  const quota = new SlidingQuota({
    name: "patients",
    unit: "patients",
    limit: 100,
    windowSeconds: daySeconds,
    largestKeyCount: 1_000,
    clock: () => seconds * 1_000,
    ...options,
  });
  return { quota, pass: (by: number) => void (seconds += by), now: () => seconds };
}

describe("SlidingQuota", () => {
  it("gives what is left and no more, to each key for itself", () => {
    const { quota } = startQuota();
    expect(quota.check("a", 100)).toMatchObject({
      allowed: true,
      remaining: 100,
      resetSeconds: 0,
      retryAfterSeconds: 0,
    });
    quota.spend("a", 60);
    expect(quota.check("a", 40)).toMatchObject({ allowed: true, remaining: 40 });
    expect(quota.check("a", 41).allowed).toBe(false);
    expect(quota.check("b", 100).allowed).toBe(true);
  });

  it("says when so many are there again, and they are", () => {
    const { quota, pass } = startQuota();
    quota.spend("a", 30);
    pass(40_000);
    quota.spend("a", 70);
    const few = quota.check("a", 30);
    const many = quota.check("a", 31);
    expect(few.allowed).toBe(false);
    expect(many.retryAfterSeconds).toBeGreaterThan(few.retryAfterSeconds);
    expect(few.resetSeconds).toBe(few.retryAfterSeconds);
    pass(few.retryAfterSeconds - 1);
    expect(quota.check("a", 30).allowed).toBe(false);
    pass(1);
    expect(quota.check("a", 30).allowed).toBe(true);
    expect(quota.check("a", 31).allowed).toBe(false);
    pass(many.retryAfterSeconds - few.retryAfterSeconds);
    expect(quota.check("a", 31).allowed).toBe(true);
  });

  it("never says when, for more than it ever gives", () => {
    expect(startQuota().quota.check("a", 101)).toMatchObject({ allowed: false, retryAfterSeconds: Infinity });
  });

  it("takes back what came to nothing, once it is still counted", () => {
    const { quota, pass } = startQuota();
    const refund = quota.spend("a", 80);
    refund();
    expect(quota.check("a", 0).remaining).toBe(100);
    const late = quota.spend("a", 80);
    pass(2 * daySeconds);
    expect(quota.check("a", 0).remaining).toBe(100);
    late();
    expect(quota.check("a", 0).remaining).toBe(100);
  });

  it("forgets the key that was not used for the longest, and holds no more of them than it may", () => {
    const { quota } = startQuota({ largestKeyCount: 3 });
    for (const key of ["a", "b", "c"]) quota.spend(key, 100);
    quota.check("a", 0);
    quota.spend("d", 100);
    expect(["a", "b", "c", "d"].map((key) => quota.check(key, 0).remaining)).toEqual([0, 100, 0, 0]);
  });

  it("never gives more than its limit within any window, whoever asks when and for how many", () => {
    const asked = fc.record({
      afterSeconds: fc.integer({ min: 0, max: 30_000 }),
      cost: fc.integer({ min: 1, max: 60 }),
    });
    let refused = 0;
    fc.assert(
      fc.property(fc.array(asked, { minLength: 10, maxLength: 60 }), (requests) => {
        const { quota, pass, now } = startQuota();
        const given: { at: number; cost: number }[] = [];
        for (const { afterSeconds, cost } of requests) {
          pass(afterSeconds);
          if (!quota.check("a", cost).allowed) {
            refused++;
            continue;
          }
          quota.spend("a", cost);
          given.push({ at: now(), cost });
          const inWindow = given.filter(({ at }) => at > now() - daySeconds);
          expect(inWindow.reduce((sum, entry) => sum + entry.cost, 0)).toBeLessThanOrEqual(100);
        }
      }),
    );
    expect(refused).toBeGreaterThan(0);
  });
});
