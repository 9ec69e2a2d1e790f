import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logGamma, regularisedIncompleteBeta } from "./incomplete-beta.ts";

describe("logGamma", () => {
  /** By mpmath at 40 digits. */
  it.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247001],
    [1, 0],
    [1.5, -0.12078223763524522],
    [2, 0],
    [2.5, 0.2846828704729192],
    [10, 12.80182748008147],
    [100, 359.1342053695754],
    [1001.5, 5915.582431002701],
    [1e5, 1051287.7089736569],
  ])("of %d is %d", (x, value) => {
    expect(Math.abs(logGamma(x) - value)).toBeLessThan(1e-14 * Math.max(1, Math.abs(value)));
  });

  it("rises by log x from x to x + 1", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e4, noNaN: true }), (x) => {
        expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 9);
      }),
    );
  });
});

describe("regularisedIncompleteBeta", () => {
  /** By mpmath at 40 digits. */
  it.each([
    [0.5, 2, 3, 0.6875],
    [0.1, 0.5, 0.5, 0.20483276469913345],
    [0.9, 20, 3, 0.6200409384119033],
    [0.035, 3, 83, 0.5751130795793723],
    [0.001, 5, 996, 0.00363687802952179],
    [0.3, 500.5, 500.5, 3.963354855167462e-40],
  ])("at %d for a = %d, b = %d is %d", (x, a, b, value) => {
    expect(Math.abs(regularisedIncompleteBeta(x, a, b) / value - 1)).toBeLessThan(1e-15 * (a + b) + 1e-14);
  });

  it("is 0 and 1 at the ends, and x for a = b = 1", () => {
    expect(regularisedIncompleteBeta(0, 2, 3)).toBe(0);
    expect(regularisedIncompleteBeta(1, 2, 3)).toBe(1);
    expect(regularisedIncompleteBeta(0.37, 1, 1)).toBeCloseTo(0.37, 14);
  });

  it("adds up to 1 with its mirror image", () => {
    const shape = fc.double({ min: 0.05, max: 500, noNaN: true });
    fc.assert(
      // A fraction whose distance from 1 is a double too.
      fc.property(
        fc.integer({ min: 0, max: 1024 }).map((k) => k / 1024),
        shape,
        shape,
        (x, a, b) => {
          const sum = regularisedIncompleteBeta(x, a, b) + regularisedIncompleteBeta(1 - x, b, a);
          expect(sum).toBeCloseTo(1, 10);
        },
      ),
    );
  });
});
