import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LoadAccount } from "./load-account.ts";
import { defaultLoadLimits } from "./load-limits.ts";

const overloaded = expect.objectContaining({ code: "service.overloaded" }) as unknown;

describe("LoadAccount", () => {
  it("takes requests until one of the limits, and again as many as are done", () => {
    const account = new LoadAccount({ requests: 4, patients: 2_000 });
    const done = [1, 16, 1, 5].map((patients) => account.take(patients));
    expect(() => account.take(1)).toThrow(overloaded);
    done[1]!();
    done[1]!();
    account.take(1);
    expect(() => account.take(1)).toThrow(overloaded);
  });

  it("leaves a quarter to small requests, whatever large ones ask for", () => {
    const account = new LoadAccount({ requests: 400, patients: 4_000 });
    for (let k = 0; k < 3; k++) account.take(1_000);
    expect(() => account.take(17)).toThrow(overloaded);
    for (let k = 0; k < 62; k++) account.take(16);
    expect(() => account.take(1_000)).toThrow(overloaded);
    account.take(8);
    expect(() => account.take(1)).toThrow(overloaded);

    const few = new LoadAccount({ requests: 4, patients: 1_000_000 });
    for (let k = 0; k < 3; k++) few.take(17);
    expect(() => few.take(17)).toThrow(overloaded);
    few.take(1);
    expect(() => few.take(1)).toThrow(overloaded);
  });

  it("never has more under way than the limits, and has everything free when all is done", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ patients: fc.integer({ min: 1, max: 1_000 }), ends: fc.nat(20) })),
        (requests) => {
          const limits = { requests: 12, patients: 2_000 };
          const account = new LoadAccount(limits);
          const underWay: { patients: number; done: () => void }[] = [];
          for (const { patients, ends } of requests) {
            try {
              underWay.push({ patients, done: account.take(patients) });
            } catch (error) {
              expect(error).toEqual(overloaded);
            }
            expect(underWay.length).toBeLessThanOrEqual(limits.requests);
            expect(underWay.reduce((sum, one) => sum + one.patients, 0)).toBeLessThanOrEqual(limits.patients);
            for (const { done } of underWay.splice(0, ends)) done();
          }
          for (const { done } of underWay) done();
          account.take(1_000);
        },
      ),
    );
  });

  it("takes the largest request by default", () => {
    expect(() => new LoadAccount(defaultLoadLimits).take(1_000)).not.toThrow();
  });
});
