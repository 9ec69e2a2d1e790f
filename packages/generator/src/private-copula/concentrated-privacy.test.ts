import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deltaOfGaussian } from "./analytic-gaussian.ts";
import { deltaOfRho, epsilonOfRho, rhoOfEpsilon, rhoOfGaussian } from "./concentrated-privacy.ts";

const rhos = fc.double({ min: 1e-4, max: 20, noNaN: true });
const deltas = fc.integer({ min: 3, max: 20 }).map((digits) => 10 ** -digits);

describe("zero-concentrated differential privacy", () => {
  // golden/privacy.py
  it.each([
    [0.005, 0.5, 3.44930909754742e-8],
    [0.025, 1, 1.33613190640322e-6],
    [0.1, 2, 4.32521086909256e-6],
    [1, 8, 4.34534151664845e-7],
    [5, 4, 0.82746192526883],
  ])("with rho %d is, at epsilon %d, delta %d", (rho, epsilon, delta) => {
    expect(deltaOfRho(rho, epsilon) / delta).toBeCloseTo(1, 10);
  });

  it.each([
    [0.025, 1e-6, 1.01407425472613],
    [0.1, 1e-5, 1.9142388320036],
    [2.56, 1e-10, 17.1583087121047],
  ])("with rho %d is, at delta %d, epsilon %d", (rho, delta, epsilon) => {
    expect(epsilonOfRho(rho, delta)).toBeCloseTo(epsilon, 10);
    expect(rhoOfEpsilon(epsilon, delta)).toBeCloseTo(rho, 10);
  });

  it("needs no more than the bound of Bun and Steinke, and no less than the exact Gaussian", () => {
    fc.assert(
      fc.property(rhos, deltas, (rho, delta) => {
        const epsilon = epsilonOfRho(rho, delta);
        expect(epsilon).toBeLessThanOrEqual(rho + 2 * Math.sqrt(rho * Math.log(1 / delta)));
        expect(deltaOfRho(rho, epsilon)).toBeLessThanOrEqual(delta * (1 + 1e-9));
        const multiplier = 1 / Math.sqrt(2 * rho);
        expect(rhoOfGaussian(1, multiplier)).toBeCloseTo(rho, 10);
        expect(deltaOfGaussian(multiplier, epsilon)).toBeLessThanOrEqual(delta * (1 + 1e-9));
      }),
    );
  });

  it("never promises more than what was asked for", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 100, noNaN: true }), deltas, (epsilon, delta) => {
        const rho = rhoOfEpsilon(epsilon, delta);
        expect(rho).toBeGreaterThan(0);
        expect(epsilonOfRho(rho, delta)).toBeLessThanOrEqual(epsilon * (1 + 1e-9));
        expect(epsilonOfRho(rho, delta)).toBeGreaterThan(epsilon * (1 - 1e-6));
      }),
    );
  });

  // golden/privacy.py: the discrete Gaussian's own delta, by its probabilities.
  it.each([
    [4, 1, 0.00724877684595258],
    [20, 0.5, 0.00127835133481981],
  ])("covers discrete noise of variance %d at epsilon %d, with little to spare", (variance, epsilon, exact) => {
    const bound = deltaOfRho(rhoOfGaussian(1, Math.sqrt(variance)), epsilon);
    expect(bound).toBeGreaterThan(exact);
    expect(bound).toBeLessThan(3 * exact);
  });

  it("of nothing released is perfect", () => {
    expect([deltaOfRho(0, 1), epsilonOfRho(0, 1e-6)]).toEqual([0, 0]);
  });
});
