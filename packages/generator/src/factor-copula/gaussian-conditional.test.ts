import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { conditionGaussian, drawConditional } from "./gaussian-conditional.ts";

describe("conditionGaussian", () => {
  it("is the textbook regression for two variables", () => {
    const { regression, factor } = conditionGaussian(Float64Array.of(1, 0.6, 0.6, 1), 2, [1], [0]);
    expect(regression[0]).toBeCloseTo(0.6, 14);
    expect(factor[0]).toBeCloseTo(0.8, 14);
  });

  it("solves three variables as partial correlation does", () => {
    const [a, b, c] = [0.5, 0.3, -0.2] as const;
    const covariance = Float64Array.of(1, a, b, a, 1, c, b, c, 1);
    const { regression, factor } = conditionGaussian(covariance, 3, [2], [0, 1]);
    expect(regression[0]).toBeCloseTo((b - a * c) / (1 - a * a), 12);
    expect(regression[1]).toBeCloseTo((c - a * b) / (1 - a * a), 12);
    const explained = (b * b + c * c - 2 * a * b * c) / (1 - a * a);
    expect(factor[0]! ** 2).toBeCloseTo(1 - explained, 12);
  });

  it("is the distribution itself where nothing is given, and nothing where nothing is drawn", () => {
    const covariance = Float64Array.of(1, 0.5, 0.5, 1);
    const free = conditionGaussian(covariance, 2, [0, 1], []);
    expect([...free.factor]).toEqual([1, 0, 0.5, expect.closeTo(Math.sqrt(0.75), 12)]);
    expect(conditionGaussian(covariance, 2, [], [0, 1]).factor).toHaveLength(0);
  });

  it("refuses a covariance of no variables", () => {
    expect(() => conditionGaussian(Float64Array.of(1, 2, 2, 1), 2, [1], [0])).toThrow(/positive definite/);
  });
});

describe("drawConditional", () => {
  it("draws with the conditional mean and covariance, and leaves the given alone", () => {
    const covariance = Float64Array.of(1, 0.5, 0.3, 0.5, 1, -0.2, 0.3, -0.2, 1);
    const conditional = conditionGaussian(covariance, 3, [2, 0], [1]);
    const random = new RandomStream(1, 1);
    const count = 40_000;
    const latents = new Float64Array(3);
    let [mean0, mean2, product] = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      latents[1] = 1.5;
      drawConditional(conditional, latents, [random.nextNormal(), random.nextNormal()]);
      expect(latents[1]).toBe(1.5);
      mean0 += latents[0]! / count;
      mean2 += latents[2]! / count;
      product += ((latents[0]! - 0.75) * (latents[2]! + 0.3)) / count;
    }
    // Five standard errors.
    expect(Math.abs(mean0 - 0.75)).toBeLessThan(0.025);
    expect(Math.abs(mean2 + 0.3)).toBeLessThan(0.025);
    expect(Math.abs(product - (0.3 + 0.5 * 0.2))).toBeLessThan(0.025);
  });
});
