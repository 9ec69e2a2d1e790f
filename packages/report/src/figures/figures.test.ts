import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStripAxis } from "./strip.ts";
import { chooseTicks } from "./ticks.ts";
import { findLevel, traceLevel } from "./trace-level.ts";

const points = (path: string) =>
  path
    .split("M")
    .slice(1)
    .flatMap((part) => part.replace("Z", "").split("L"));

describe("a traced level", () => {
  it("is a diamond around a single peak", () => {
    const { region, edge } = traceLevel([0, 0, 0, 0, 1, 0, 0, 0, 0], 3, 0.5);
    expect(new Set(points(edge))).toEqual(new Set(["1 1.5", "2 1.5", "1.5 1", "1.5 2"]));
    expect(region.split("M")).toHaveLength(5);
  });

  it("runs in closed lines, whatever the grid", () => {
    const grid = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(grid, (values) => {
        const ends = points(traceLevel(values, 5, 4.5).edge);
        const visits = new Map<string, number>();
        for (const end of ends) visits.set(end, (visits.get(end) ?? 0) + 1);
        expect([...visits.values()].filter((count) => count % 2 === 1)).toEqual([]);
      }),
    );
  });

  it("is found by the share of the mass above it", () => {
    expect(findLevel([4, 3, 2, 1], 0.4)).toBe(4);
    expect(findLevel([4, 3, 2, 1], 0.7)).toBe(3);
    expect(findLevel([1, 2, 3, 4], 1)).toBe(1);
  });
});

it("chooses round ticks that cover the range", () => {
  expect(chooseTicks(0.37, 2)).toEqual([0, 0.2, 0.4]);
  expect(chooseTicks(9.9)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(chooseTicks(1200.0000002).length).toBe(7);
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (maximum) => {
      const ticks = chooseTicks(maximum);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks.at(-1)!).toBeGreaterThanOrEqual(maximum * (1 - 1e-9));
    }),
  );
});

it("places values on a strip between its insets", () => {
  const axis = createStripAxis(0.1, 10, [], "logarithmic");
  expect(axis.place(1)).toBeCloseTo(50);
  expect([axis.place(0.1), axis.place(0.001), axis.place(10), axis.place(99)]).toEqual([3, 3, 97, 97]);
  expect([axis.isBeyond(0.05), axis.isBeyond(5), axis.isBeyond(11)]).toEqual([true, false, true]);
});
