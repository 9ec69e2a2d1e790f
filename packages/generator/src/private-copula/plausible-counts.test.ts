import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutToSupport, makePlausible, spreadOverCells } from "./plausible-counts.ts";

describe("makePlausible", () => {
  it("keeps what could be counts, and takes the noise of empty cells away", () => {
    expect([...makePlausible([3, 0, 5], 10)]).toEqual([3, 0, 5]);
    expect([...makePlausible([9, 3, -2], 10)]).toEqual([8, 2, 0]);
    expect([...makePlausible([-4, -2], 10)]).toEqual([0, 1]);
    expect([...makePlausible([30, 10], 10)]).toEqual([10, 0]);
  });

  it("gives the nearest of all that are not negative with that sum", () => {
    const counts = fc.array(fc.integer({ min: -50, max: 100 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(
        counts,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (noisy, shares) => {
          const nearest = makePlausible(noisy, 60);
          const total = nearest.reduce((sum, value) => sum + value, 0);
          expect(total).toBeCloseTo(
            Math.min(
              60,
              Math.max(
                1,
                noisy.reduce((sum, value) => sum + value, 0),
              ),
            ),
            8,
          );
          expect(Math.min(...nearest)).toBeGreaterThanOrEqual(0);
          const distance = (values: ArrayLike<number>) =>
            noisy.reduce((sum, value, k) => sum + (value - values[k]!) ** 2, 0);
          const sum = noisy.reduce((all, _, k) => all + shares[k]! + 1e-3, 0);
          const other = noisy.map((_, k) => (total * (shares[k]! + 1e-3)) / sum);
          expect(distance(nearest)).toBeLessThanOrEqual(distance(other) + 1e-6);
        },
      ),
    );
  });
});

describe("cutToSupport", () => {
  it("keeps the range that noise does not explain, with a neighbour on each side", () => {
    expect([...cutToSupport([9, -8, 12, 90, 3, 80, 11, -7, 10], 10)]).toEqual([0, 0, 12, 90, 3, 80, 11, 0, 0]);
    expect([...cutToSupport([50, 4, 9], 10)]).toEqual([50, 4, 0]);
  });

  it("leaves alone what noise explains all of, and counts without noise", () => {
    expect([...cutToSupport([9, -8, 12], 10)]).toEqual([9, -8, 12]);
    expect([...cutToSupport([0, 1, 0, 2, 0], 0)]).toEqual([0, 1, 0, 2, 0]);
  });
});

describe("spreadOverCells", () => {
  it("has each cell's share, in rising order, a cell without width as one value", () => {
    const sample = spreadOverCells(Float64Array.of(2, 0, 6), [0, 0, 1, 4], 8);
    expect([...sample]).toEqual([0, 0, 1.25, 1.75, 2.25, 2.75, 3.25, 3.75]);
  });
});
