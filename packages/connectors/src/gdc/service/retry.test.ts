import { describe, expect, it } from "vitest";
import { defaultRetryPolicy, PassingFailure, withRetries, type RetryPolicy } from "./retry.ts";

function recorded(parts: Partial<RetryPolicy> = {}) {
  const waits: number[] = [];
  const wait = (milliseconds: number) => Promise.resolve(waits.push(milliseconds));
  return { waits, policy: { ...defaultRetryPolicy, ...parts, wait } };
}

/** Fails so many times, then gives the number of calls. */
function failing(times: number, retryAfterMs?: number) {
  let calls = 0;
  return () => {
    calls++;
    return calls <= times ? Promise.reject(new PassingFailure("busy", { retryAfterMs })) : Promise.resolve(calls);
  };
}

describe("withRetries", () => {
  it("doubles the wait, of which half is drawn, up to the longest", async () => {
    const { waits, policy } = recorded({ attempts: 9, firstWaitMs: 100, longestWaitMs: 1000 });
    expect(await withRetries(policy, undefined, failing(8))).toBe(9);
    expect(waits).toHaveLength(8);
    [100, 200, 400, 800, 1000, 1000, 1000, 1000].forEach((whole, i) => {
      expect(waits[i]).toBeGreaterThanOrEqual(whole / 2);
      expect(waits[i]).toBeLessThanOrEqual(whole);
    });
  });

  it("waits as long as the server asks", async () => {
    const { waits, policy } = recorded({ firstWaitMs: 1 });
    await withRetries(policy, undefined, failing(1, 7_000));
    expect(waits).toEqual([7_000]);
  });

  it("does not wait for a server that asks for too long", async () => {
    const { waits, policy } = recorded();
    await expect(withRetries(policy, undefined, failing(1, 3_600_000))).rejects.toThrow("busy");
    expect(waits).toEqual([]);
  });

  it("ends after its attempts", async () => {
    const { waits, policy } = recorded({ attempts: 3 });
    await expect(withRetries(policy, undefined, failing(3))).rejects.toThrow(PassingFailure);
    expect(waits).toHaveLength(2);
  });

  it("does not repeat what would fail again", async () => {
    const { waits, policy } = recorded();
    await expect(withRetries(policy, undefined, () => Promise.reject(new Error("no such file")))).rejects.toThrow(
      "no such file",
    );
    expect(waits).toEqual([]);
  });

  it("ends at once when aborted, also while it waits", async () => {
    const controller = new AbortController();
    const policy = { ...defaultRetryPolicy, firstWaitMs: 100_000 };
    const waiting = withRetries(policy, controller.signal, failing(1));
    setTimeout(() => controller.abort(), 5);
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    await expect(withRetries(policy, controller.signal, failing(0))).rejects.toMatchObject({ name: "AbortError" });
  });
});
