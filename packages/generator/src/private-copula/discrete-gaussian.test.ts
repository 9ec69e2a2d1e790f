import { describe, expect, it } from "vitest";
import { seededBytes } from "../testing/seeded-bytes.ts";
import { DiscreteGaussian } from "./discrete-gaussian.ts";
import { cryptographicBytes, RandomIntegers } from "./random-bytes.ts";

const draws = (variance: bigint, count: number, seed: number) => {
  const noise = new DiscreteGaussian(new RandomIntegers(seededBytes(seed)));
  return Array.from({ length: count }, () => Number(noise.draw(variance)));
};

describe("DiscreteGaussian", () => {
  it.each([1n, 2n, 9n])("draws integers with the probabilities of variance %d", (variance) => {
    const count = 20_000;
    const drawn = draws(variance, count, 5);
    const mass = (x: number) => Math.exp((-x * x) / (2 * Number(variance)));
    const reach = 60;
    let total = 0;
    for (let x = -reach; x <= reach; x++) total += mass(x);
    let chiSquare = 0;
    let cells = 0;
    for (let x = -reach; x <= reach; x++) {
      const expected = (count * mass(x)) / total;
      if (expected < 10) continue;
      chiSquare += (drawn.filter((value) => value === x).length - expected) ** 2 / expected;
      cells++;
    }
    // Mean plus four standard deviations of chi-square.
    expect(chiSquare).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
  });

  it("has the variance asked for where it is large, and no favoured remainder", () => {
    const variance = 10n ** 16n;
    const count = 3000;
    const drawn = draws(variance, count, 6);
    const meanSquare = drawn.reduce((sum, value) => sum + value * value, 0) / count / Number(variance);
    expect(Math.abs(meanSquare - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    const mean = drawn.reduce((sum, value) => sum + value, 0) / count / 1e8;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(count));
    const odd = drawn.filter((value) => value % 2 !== 0).length / count;
    expect(Math.abs(odd - 0.5)).toBeLessThan(2 / Math.sqrt(count));
  });
});

describe("RandomIntegers", () => {
  it("is uniform below any bound", () => {
    const random = new RandomIntegers(seededBytes(7));
    expect(random.below(1n)).toBe(0n);
    for (const bound of [2, 3, 200, 257]) {
      const counts = Array.from({ length: bound }, () => 0);
      for (let k = 0; k < 40 * bound; k++) counts[Number(random.below(BigInt(bound)))]!++;
      const chiSquare = counts.reduce((sum, count) => sum + (count - 40) ** 2 / 40, 0);
      expect(chiSquare).toBeLessThan(bound + 4 * Math.sqrt(2 * bound));
    }
    const wide = random.below(1n << 100n);
    expect(wide >= 0n && wide < 1n << 100n).toBe(true);
  });

  it("differs at each use of the cryptographic source", () => {
    const [first, second] = [0, 1].map(() => new RandomIntegers(cryptographicBytes).below(1n << 128n));
    expect(first).not.toBe(second);
  });
});
