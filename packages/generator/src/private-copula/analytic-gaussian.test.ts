import fc from "fast-check";
import { normalCdf } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { deltaOfGaussian, epsilonOfGaussian } from "./analytic-gaussian.ts";

describe("the analytic Gaussian mechanism", () => {
  // golden/privacy.py
  it.each([
    [0.5, 1, 0.50986166005467],
    [1, 1, 0.126936737506644],
    [3, 0.5, 0.012418249399426],
    [10, 0.1, 0.00875176814580959],
    [0.1, 60, 0.136835380396461],
  ])("with multiplier %d has, at epsilon %d, delta %d", (multiplier, epsilon, delta) => {
    expect(deltaOfGaussian(multiplier, epsilon) / delta).toBeCloseTo(1, 11);
  });

  // The first as printed by the code published with Balle & Wang 2018, which stops at 1e-12 of delta.
  it.each([
    [1, 1e-5, 3.730631634944469, 9],
    [1, 1e-5, 3.73063163481594, 10],
    [0.1, 1e-6, 36.3046904261958, 10],
    [8, 1e-6, 0.652935384358216, 9],
  ])("keeps epsilon %d at delta %d with multiplier %d", (epsilon, delta, multiplier, digits) => {
    expect(epsilonOfGaussian(multiplier, delta)).toBeCloseTo(epsilon, digits);
  });

  it("has the total variation distance of two normals as its delta at epsilon 0", () => {
    for (const multiplier of [0.2, 1, 7]) {
      expect(deltaOfGaussian(multiplier, 0)).toBeCloseTo(2 * normalCdf(1 / (2 * multiplier)) - 1, 13);
    }
    expect(epsilonOfGaussian(1e6, 1e-3)).toBe(0);
  });

  it("needs less noise than the classical formula", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.integer({ min: 2, max: 15 }), (epsilon, digits) => {
        const delta = 10 ** -digits;
        const classical = Math.sqrt(2 * Math.log(1.25 / delta)) / epsilon;
        expect(deltaOfGaussian(classical, epsilon)).toBeLessThan(delta);
      }),
    );
  });
});
