import { describe, expect, it } from "vitest";
import { RefusalCounter } from "./refusal-counter.ts";

const code = "service.token-refused";

describe("counted refusals", () => {
  it("are one entry a kind, with how many and from when to when", () => {
    let minute = 0;
    const counter = new RefusalCounter(() => new Date(`2026-11-05T10:0${minute}:00Z`));
    counter.add("authentication.refused", undefined, code);
    minute = 3;
    for (let number = 0; number < 1_000; number++) counter.add("authentication.refused", undefined, code);
    counter.add("authentication.refused", "client:key-1", "service.scope-missing");
    const taken = counter.take();
    expect(taken).toEqual([
      {
        errorCode: code,
        deed: {
          action: "authentication.refused",
          principal: "client:unknown",
          detail: { errorCode: code, count: 1_001, from: "2026-11-05T10:00:00.000Z", to: "2026-11-05T10:03:00.000Z" },
        },
      },
      expect.objectContaining({ errorCode: "service.scope-missing" }),
    ]);
    expect(counter.take()).toEqual([]);
    minute = 5;
    counter.add("authentication.refused", undefined, code);
    counter.putBack(taken[0]!);
    expect(counter.take()[0]!.deed.detail).toMatchObject({ count: 1_002, from: "2026-11-05T10:00:00.000Z" });
  });

  it("are bounded however many are refused, and none is lost", () => {
    const counter = new RefusalCounter();
    for (let number = 0; number < 2_000; number++) {
      counter.add("requests.limited", `client:key-${number}`, "service.request-timeout");
    }
    const taken = counter.take();
    expect(taken.length).toBeLessThanOrEqual(501);
    expect(taken.reduce((total, { deed }) => total + deed.detail.count, 0)).toBe(2_000);
  });
});
