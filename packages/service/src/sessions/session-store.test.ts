import { describe, expect, it } from "vitest";
import { sessionLimits, SessionStore } from "./session-store.ts";

const limits = { idleMs: 100, absoluteMs: 1_000, most: 3 };

function storeAt(): { store: SessionStore; advance: (ms: number) => void } {
  let now = 0;
  return { store: new SessionStore(limits, () => now), advance: (ms) => void (now += ms) };
}

describe("SessionStore", () => {
  it("gives the token of a session to who has its id, and to nobody else", () => {
    const store = new SessionStore();
    const [a, b] = [store.open("token-a"), store.open("token-b")];
    expect(a).toMatch(/^[\w-]{43}$/);
    expect(a).not.toBe(b);
    expect([store.tokenOf(a), store.tokenOf(b)]).toEqual(["token-a", "token-b"]);
    expect(store.tokenOf(`${a}x`)).toBeUndefined();
    expect(store.tokenOf("")).toBeUndefined();
    store.close(a);
    expect([store.tokenOf(a), store.tokenOf(b)]).toEqual([undefined, "token-b"]);
  });

  it("ends a session that is not used, and one that is used all the time", () => {
    const { store, advance } = storeAt();
    const idle = store.open("t");
    advance(limits.idleMs);
    expect(store.tokenOf(idle)).toBe("t");
    advance(limits.idleMs + 1);
    expect(store.tokenOf(idle)).toBeUndefined();

    const busy = store.open("t");
    for (let used = 0; used < limits.absoluteMs; used += limits.idleMs) {
      expect(store.tokenOf(busy)).toBe("t");
      advance(limits.idleMs);
    }
    expect(store.remainingMs(busy)).toBe(0);
    advance(1);
    expect(store.tokenOf(busy)).toBeUndefined();
  });

  it("keeps no more than it may: the one unused for longest makes room", () => {
    const { store, advance } = storeAt();
    const ids = [1, 2, 3].map((k) => (advance(1), store.open(`t${k}`)));
    store.tokenOf(ids[0]!);
    const fourth = store.open("t4");
    expect([...ids, fourth].map((id) => store.tokenOf(id))).toEqual(["t1", undefined, "t3", "t4"]);
  });

  it("has limits of half an hour and half a day", () => {
    expect(sessionLimits).toEqual({ idleMs: 1_800_000, absoluteMs: 43_200_000, most: 1_000 });
  });
});
