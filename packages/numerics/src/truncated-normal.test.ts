import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalCdf, normalSurvival } from "./normal-distribution.ts";
import { RandomStream } from "./random-stream.ts";
import { normalInterval, truncatedNormalMean, truncatedNormalQuantile } from "./truncated-normal.ts";

const bound = fc.double({ min: -60, max: 60, noNaN: true });
const interval = fc.tuple(bound, bound).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const uniform = fc.double({ min: 2 ** -53, max: 1 - 2 ** -53, noNaN: true });

describe("truncatedNormalQuantile", () => {
  it("stays within its bounds, however far out they are", () => {
    fc.assert(
      fc.property(uniform, interval, (u, [lower, upper]) => {
        const drawn = truncatedNormalQuantile(u, lower, upper);
        expect(drawn).toBeGreaterThanOrEqual(lower);
        expect(drawn).toBeLessThanOrEqual(upper);
      }),
    );
  });

  it("splits the interval's probability in the ratio asked for, also in the far tails", () => {
    for (const [lower, upper] of [
      [-1, 2],
      [-Infinity, 0.5],
      [-0.5, Infinity],
      [8, Infinity],
      [-Infinity, -20],
      [30, 30.1],
    ] as const) {
      for (const u of [1e-6, 0.1, 0.5, 0.9, 1 - 1e-6]) {
        const drawn = truncatedNormalQuantile(u, lower, upper);
        expect(normalInterval(lower, drawn) / normalInterval(lower, upper)).toBeCloseTo(u, 9);
      }
    }
  });

  it("gives the largest uniform a large value, not the middle, where the interval has no upper end", () => {
    expect(truncatedNormalQuantile(1 - 2 ** -53, -1, Infinity)).toBeGreaterThan(8);
    expect(truncatedNormalQuantile(2 ** -53, -Infinity, 1)).toBeLessThan(-8);
  });

  it("is the bound nearest to 0 where doubles hold no probability", () => {
    expect(truncatedNormalQuantile(0.3, 50, Infinity)).toBe(50);
    expect(truncatedNormalQuantile(0.3, -60, -50)).toBe(-50);
  });
});

describe("normalInterval", () => {
  it("keeps its digits in both tails", () => {
    expect(normalInterval(10, Infinity) / normalSurvival(10)).toBeCloseTo(1, 14);
    expect(normalInterval(-Infinity, -10) / normalCdf(-10)).toBeCloseTo(1, 14);
    expect(normalInterval(-1, 1)).toBeCloseTo(0.6826894921370859, 15);
  });
});

describe("truncatedNormalMean", () => {
  /** (φ(a) − φ(b)) / (Φ(b) − Φ(a)), by mpmath at 40 digits. */
  it.each([
    [-1, 2, 0.22963717909132897],
    [0, Infinity, 0.7978845608028654],
    [1, Infinity, 1.525135276160981],
    [5, 6, 5.183147090477173],
    [10, Infinity, 10.098093233962512],
    [20, 20.5, 20.04973356838186],
    [30, Infinity, 30.033259667433676],
    [1, 1.000001, 1.0000004999999168],
    [0.2, 0.20000000001, 0.200000000005],
  ])("of (%d, %d) is %d", (lower, upper, mean) => {
    expect(truncatedNormalMean(lower, upper)).toBeCloseTo(mean, 12);
    expect(truncatedNormalMean(-upper, -lower)).toBeCloseTo(-mean, 12);
  });

  it("lies within its bounds", () => {
    fc.assert(
      fc.property(interval, ([lower, upper]) => {
        const mean = truncatedNormalMean(lower, upper);
        expect(mean).toBeGreaterThanOrEqual(lower);
        expect(mean).toBeLessThanOrEqual(upper);
      }),
    );
  });

  it("is what draws average to", () => {
    const random = new RandomStream(1, 2);
    for (const [lower, upper] of [
      [-0.3, 1.2],
      [2, Infinity],
      [-Infinity, -4],
    ] as const) {
      let sum = 0;
      for (let i = 0; i < 20_000; i++) sum += truncatedNormalQuantile(random.nextUniform(), lower, upper);
      // Deviations of 0.43, 0.34 and 0.22: over five standard errors.
      expect(Math.abs(sum / 20_000 - truncatedNormalMean(lower, upper))).toBeLessThan(0.016);
    }
  });
});
