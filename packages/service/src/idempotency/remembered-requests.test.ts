import { describe, expect, it } from "vitest";
import { RememberedRequests, type KeyedRequest } from "./remembered-requests.ts";

const hour = 3_600_000;

/** A memory with a clock of its own, and seeds that count up. */
function start(limits: { readonly keysPerPrincipal?: number; readonly keysOfAll?: number } = {}) {
  let now = 0;
  let drawn = 0;
  const memory = new RememberedRequests({ ...limits, now: () => now });
  const seedOf = (changes: Partial<KeyedRequest> = {}) =>
    memory.seedOf({ principal: "p", key: "k", body: { age: 15 }, modelVersion: "a", ...changes }, () => ++drawn);
  return { memory, seedOf, wait: (ms: number) => (now += ms) };
}

describe("RememberedRequests", () => {
  it("gives a repeated request the seed of the first, and every other a fresh one", () => {
    const { seedOf } = start();
    expect(seedOf()).toBe(1);
    expect(seedOf()).toBe(1);
    expect(seedOf({ key: "other" })).toBe(2);
    expect(seedOf({ principal: "other" })).toBe(3);
    expect(seedOf({ principal: "other", body: { age: 16 }, key: "new" })).toBe(4);
    expect(seedOf()).toBe(1);
  });

  it("refuses another body, and another model, under the same key", () => {
    const { seedOf } = start();
    seedOf();
    expect(() => seedOf({ body: { age: 16 } })).toThrow(
      expect.objectContaining({ code: "service.idempotency-key-reused" }),
    );
    expect(() => seedOf({ modelVersion: "b" })).toThrow(
      expect.objectContaining({ code: "service.idempotency-model-changed" }),
    );
    expect(seedOf()).toBe(1);
  });

  it("forgets after 24 hours, counted from the first request, and not before", () => {
    const { memory, seedOf, wait } = start();
    seedOf();
    wait(24 * hour - 1);
    expect(seedOf()).toBe(1);
    wait(1);
    expect(seedOf({ body: { age: 16 } })).toBe(2);
    expect(memory.size).toBe(1);
  });

  it("takes a key back whose request was refused", () => {
    const { memory, seedOf } = start();
    seedOf();
    memory.forget({ principal: "other", key: "k" });
    expect(seedOf()).toBe(1);
    memory.forget({ principal: "p", key: "k" });
    memory.forget({ principal: "p", key: "k" });
    expect(memory.size).toBe(0);
    expect(seedOf({ body: { age: 16 } })).toBe(2);
  });

  it("keeps so many keys of one principal, the newest, and none of another's goes for them", () => {
    const { memory, seedOf } = start({ keysPerPrincipal: 3 });
    seedOf({ principal: "quiet", key: "q" });
    for (const key of ["a", "b", "c", "d"]) seedOf({ key });
    expect(memory.size).toBe(4);
    expect(seedOf({ key: "b" })).toBe(3);
    expect(seedOf({ principal: "quiet", key: "q" })).toBe(1);
    expect(seedOf({ key: "a" })).toBe(6);
    expect(memory.size).toBe(4);
  });

  it("keeps so many of all principals, however many of these there are", () => {
    const { memory, seedOf } = start({ keysOfAll: 5 });
    for (let i = 0; i < 40; i++) seedOf({ principal: `p${i}` });
    expect(memory.size).toBe(5);
    expect(seedOf({ principal: "p39" })).toBe(40);
    expect(seedOf({ principal: "p0" })).toBe(41);
    expect(memory.size).toBe(5);
  });

  it("counts what it keeps, whatever comes", () => {
    const { memory, seedOf, wait } = start({ keysPerPrincipal: 4, keysOfAll: 9 });
    for (let i = 0; i < 300; i++) {
      seedOf({ principal: `p${i % 7}`, key: `k${(i * i) % 11}` });
      if (i % 5 === 0) memory.forget({ principal: `p${i % 3}`, key: `k${i % 11}` });
      if (i % 90 === 0) wait(25 * hour);
      expect(memory.size).toBeLessThanOrEqual(9);
    }
    wait(25 * hour);
    seedOf({ principal: "last" });
    expect(memory.size).toBe(1);
  });
});
