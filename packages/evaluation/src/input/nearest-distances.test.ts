import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { nearestFellowDistances, nearestSquaredDistances } from "./nearest-distances.ts";

const width = 40;
const draw = (rows: number, index: number) => {
  const random = new RandomStream(1, 1, index);
  return Float32Array.from({ length: rows * width }, () => 5 + random.nextNormal());
};

/** By definition: every pair, value by value. */
function nearestByPairs(from: Float32Array, to: Float32Array, withoutItself = false): number[] {
  const known = (value: number) => (Number.isNaN(value) ? 0 : value);
  return Array.from({ length: from.length / width }, (_, i) => {
    let nearest = Infinity;
    for (let k = 0; k < to.length / width; k++) {
      if (withoutItself && i === k) continue;
      let sum = 0;
      for (let j = 0; j < width; j++) sum += (known(from[i * width + j]!) - known(to[k * width + j]!)) ** 2;
      nearest = Math.min(nearest, sum);
    }
    return nearest;
  });
}

const expectClose = (actual: Float64Array, expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, k) => expect(Math.abs(actual[k]! - value)).toBeLessThanOrEqual(1e-9 * value));
};

describe("nearestSquaredDistances", () => {
  it("finds the nearest both ways, over more rows than a block has and with unknown values", () => {
    const first = draw(300, 1);
    const second = draw(30, 2);
    for (const k of [0, 77, 5000]) first[k] = Number.NaN;
    second[3] = Number.NaN;
    const { ofFirst, ofSecond } = nearestSquaredDistances(first, second, width);
    expectClose(ofFirst, nearestByPairs(first, second));
    expectClose(ofSecond, nearestByPairs(second, first));
  });

  it("is exactly 0 of a copy alone, and keeps the digits of what is nearly one", () => {
    const first = draw(3, 3);
    const second = first.slice();
    second[width]! += 1e-3;
    second[2 * width]! = Math.fround(second[2 * width]! * (1 + 2 ** -23));
    const { ofFirst } = nearestSquaredDistances(first, second, width);
    expect(ofFirst[0]).toBe(0);
    expect(ofFirst[1]).toBeCloseTo(1e-6, 9);
    expect(ofFirst[2]).toBe((first[2 * width]! - second[2 * width]!) ** 2);
    expect(ofFirst[2]).toBeGreaterThan(0);
  });

  it("is Infinity where the other block has no row, and nothing without columns", () => {
    expect([...nearestSquaredDistances(draw(2, 4), new Float32Array(0), width).ofFirst]).toEqual([Infinity, Infinity]);
    expect(nearestSquaredDistances(new Float32Array(0), new Float32Array(0), 0).ofFirst).toHaveLength(0);
  });
});

describe("nearestFellowDistances", () => {
  it("leaves a row itself out, but not its copy", () => {
    const rows = draw(20, 5);
    expectClose(nearestFellowDistances(rows, width), nearestByPairs(rows, rows, true));
    rows.copyWithin(0, width, 2 * width);
    expect([...nearestFellowDistances(rows, width).subarray(0, 2)]).toEqual([0, 0]);
    expect([...nearestFellowDistances(rows.subarray(0, width), width)]).toEqual([Infinity]);
  });
});
