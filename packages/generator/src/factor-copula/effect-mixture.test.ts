import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { shrinkEffectsInPlace } from "./effect-mixture.ts";

function shrink(effects: readonly number[], error: number, index = 0) {
  const random = new RandomStream(41, 42, index);
  const estimates = Float64Array.from(effects, (effect) => effect + error * random.nextNormal());
  const shrunk = estimates.slice();
  shrinkEffectsInPlace(shrunk, error * error);
  return { estimates, shrunk };
}

const meanSquare = (values: ArrayLike<number>, truth: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value, k) => sum + (value - truth[k]!) ** 2, 0) / values.length;

describe("shrinkEffectsInPlace", () => {
  it("takes noise without an effect down to next to nothing", () => {
    const { shrunk } = shrink(
      Array.from({ length: 500 }, () => 0),
      0.1,
    );
    expect(
      meanSquare(
        shrunk,
        Array.from({ length: 500 }, () => 0),
      ),
    ).toBeLessThan(0.1 * 0.01);
  });

  it("leaves few large effects among many nulls almost whole", () => {
    const truth = Array.from({ length: 500 }, (_, k) => (k < 15 ? (k % 2 === 0 ? 1 : -1) : 0));
    const { estimates, shrunk } = shrink(truth, 0.1);
    for (let k = 0; k < 15; k++) expect(shrunk[k]! / estimates[k]!).toBeGreaterThan(0.93);
    // One common factor could at best reach signal / (signal + noise) = 0.75 for all.
    expect(meanSquare(shrunk, truth)).toBeLessThan(0.3 * meanSquare(estimates, truth));
  });

  it("never turns a sign, never enlarges, and keeps the order", () => {
    const { estimates, shrunk } = shrink(
      Array.from({ length: 200 }, (_, k) => (k % 10 === 0 ? 0.3 : 0)),
      0.1,
      1,
    );
    const order = [...estimates.keys()].sort((a, b) => estimates[a]! - estimates[b]!);
    order.forEach((k, place) => {
      expect(shrunk[k]! * estimates[k]!).toBeGreaterThanOrEqual(0);
      expect(Math.abs(shrunk[k]!)).toBeLessThanOrEqual(Math.abs(estimates[k]!));
      if (place > 0) expect(shrunk[k]!).toBeGreaterThanOrEqual(shrunk[order[place - 1]!]!);
    });
  });

  it("does not depend on the unit", () => {
    const { estimates } = shrink([0.5, 0, 0, 0, -0.7, 0, 0], 0.1, 2);
    const one = estimates.slice();
    const thousand = estimates.map((value) => value * 1000);
    shrinkEffectsInPlace(one, 0.01);
    shrinkEffectsInPlace(thousand, 10_000);
    one.forEach((value, k) => expect(thousand[k]! / 1000).toBeCloseTo(value, 12));
  });

  it("stays finite for estimates at any distance", () => {
    const values = Float64Array.of(0, 1e-30, 1e6, -1e6, 3);
    shrinkEffectsInPlace(values, 1e-9);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});
