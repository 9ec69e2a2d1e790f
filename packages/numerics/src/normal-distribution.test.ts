import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalCdf, normalDensity, normalQuantile, normalSurvival } from "./normal-distribution.ts";

/** P(Z > x), by mpmath at 40 digits: erfc(x / √2) / 2. */
const upperTails = [
  [0, 0.5],
  [0.5, 0.3085375387259869],
  [1, 0.15865525393145705],
  [1.96, 0.024997895148220435],
  [3, 0.0013498980316300946],
  [5, 2.866515718791939e-7],
  [7, 1.279812543885835e-12],
  [7.1, 6.237844463331591e-13],
  [8, 6.220960574271784e-16],
  [10, 7.619853024160525e-24],
  [15, 3.670966199312751e-51],
  [20, 2.7536241186062337e-89],
  [30, 4.906713927148187e-198],
  [37, 5.725571222524577e-300],
] as const;

/** Φ⁻¹(p), by mpmath at 40 digits. */
const quantiles = [
  [1e-300, -37.0470962993612],
  [1e-100, -21.273453560965326],
  [1e-20, -9.262340089798407],
  [1e-12, -7.034483825301132],
  [1e-5, -4.264890793922825],
  [0.001, -3.0902323061678136],
  [0.02425, -1.972961051311885],
  [0.025, -1.9599639845400543],
  [0.1, -1.2815515655446006],
  [0.3, -0.5244005127080408],
  [0.49, -0.025068908258711036],
] as const;

describe("normalSurvival and normalCdf", () => {
  it.each(upperTails)("give P(Z > %d) to 14 digits in both tails", (x, tail) => {
    expect(Math.abs(normalSurvival(x) / tail - 1)).toBeLessThan(1e-14);
    expect(Math.abs(normalCdf(-x) / tail - 1)).toBeLessThan(1e-14);
    expect(normalCdf(x)).toBeCloseTo(1 - tail, 15);
  });

  it("reach 0 and 1 at the ends of the line", () => {
    expect(normalCdf(-Infinity)).toBe(0);
    expect(normalCdf(Infinity)).toBe(1);
    expect(normalSurvival(Infinity)).toBe(0);
    expect(normalSurvival(-Infinity)).toBe(1);
  });

  it("have the density as their slope", () => {
    for (let x = -6; x <= 6; x += 0.1) {
      const slope = (normalCdf(x + 1e-5) - normalCdf(x - 1e-5)) / 2e-5;
      expect(slope).toBeCloseTo(normalDensity(x), 8);
    }
  });
});

describe("normalQuantile", () => {
  it.each(quantiles)("inverts %d to 14 digits", (p, x) => {
    expect(Math.abs(normalQuantile(p) / x - 1)).toBeLessThan(2e-14);
  });

  it("is ±Infinity at 0 and 1 and not a number outside", () => {
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(-0.1)).toBeNaN();
    expect(normalQuantile(1.1)).toBeNaN();
    expect(normalQuantile(NaN)).toBeNaN();
  });

  it("is the inverse of the distribution function", () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (x) => {
        // Above 5 the probability itself has lost the digits; below −37 doubles have.
        expect(Math.abs(normalQuantile(normalCdf(x)) - x)).toBeLessThan(1e-9);
      }),
    );
  });

  it("rises with the probability", () => {
    const probability = fc.double({ min: 1e-300, max: 1 - 1e-16, noNaN: true });
    fc.assert(
      fc.property(probability, probability, (p, q) => {
        expect(normalQuantile(Math.min(p, q))).toBeLessThanOrEqual(normalQuantile(Math.max(p, q)));
      }),
    );
  });
});
