import { normalCdf, normalQuantile, RandomStream } from "@osteon/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { harrellDavisWeights, weightedSum } from "./harrell-davis.ts";
import {
  latentGridFor,
  noFloor,
  quantileTableLatent,
  quantileTableValue,
  QuantileTableFitter,
  tableWidth,
} from "./quantile-table.ts";

function fitTable(values: Float64Array, lowest = noFloor) {
  const grid = latentGridFor(values.length);
  const table = new Float64Array(tableWidth(grid));
  new QuantileTableFitter(grid).fit(values.toSorted(), table, lowest);
  return { grid, table };
}

function normals(count: number, index = 0): Float64Array {
  const random = new RandomStream(31, 32, index);
  return Float64Array.from({ length: count }, () => random.nextNormal());
}

/** Values at the middles of `count` equal parts of probability. */
function spread({ grid, table }: ReturnType<typeof fitTable>, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) =>
    quantileTableValue(table, grid, normalQuantile((i + 0.5) / count)),
  );
}

describe("harrellDavisWeights", () => {
  const sample = Float64Array.of(1, 2, 3, 5, 8, 13, 21, 34, 55, 89);
  /** scipy.stats.mstats.hdquantiles. */
  it.each([
    [0.05, 1.2199607035155693],
    [0.25, 3.791138285886075],
    [0.5, 13.065675799657987],
    [0.9, 72.44027830847793],
    [0.97, 85.76203851897152],
  ])("estimate the quantile at %d as SciPy does: %d", (p, quantile) => {
    expect(weightedSum(sample, harrellDavisWeights(10, p))).toBeCloseTo(quantile, 6);
  });

  it("give equal values back exactly", () => {
    expect(weightedSum(new Float64Array(7).fill(0.1), harrellDavisWeights(7, 0.3))).toBe(0.1);
  });
});

describe("latentGridFor", () => {
  it.each([20, 85, 300, 2000, 100_000])("leaves at least three of %d patients beyond each outer knot", (patients) => {
    const { first, step, knots } = latentGridFor(patients);
    expect(normalCdf(first) * patients).toBeGreaterThan(2.999);
    expect(first + step * (knots - 1)).toBeCloseTo(-first, 12);
  });
});

describe("QuantileTableFitter", () => {
  it("follows a normal sample's own quantiles", () => {
    const { grid, table } = fitTable(normals(4000).map((z) => 5 + 2 * z));
    for (const z of [-2.5, -1.3, 0, 0.7, 2.2]) {
      // Five standard errors of a quantile of 4,000 at most.
      expect(Math.abs(quantileTableValue(table, grid, z) - (5 + 2 * z))).toBeLessThan(0.3);
    }
  });

  it("goes beyond the sample's extremes, and no knot is one patient's value", () => {
    const values = normals(85);
    const sorted = values.toSorted();
    const { grid, table } = fitTable(values);
    expect(quantileTableValue(table, grid, -4)).toBeLessThan(sorted[0]!);
    expect(quantileTableValue(table, grid, 4)).toBeGreaterThan(sorted[84]!);
    for (const knot of table.subarray(0, grid.knots)) {
      expect(sorted.every((value) => Math.abs(value - knot) > 1e-9)).toBe(true);
      expect(knot).toBeGreaterThan(sorted[0]!);
      expect(knot).toBeLessThan(sorted[84]!);
    }
  });

  it("matches the mean of the patients in the tails", () => {
    const values = normals(85);
    const fitted = fitTable(values);
    const drawn = spread(fitted, 85_000);
    const meanOf = (part: Float64Array) => part.reduce((sum, value) => sum + value, 0) / part.length;
    const sorted = values.toSorted();
    expect(meanOf(drawn.subarray(0, 3000))).toBeCloseTo(meanOf(sorted.subarray(0, 3)), 2);
    expect(meanOf(drawn.subarray(-3000))).toBeCloseTo(meanOf(sorted.subarray(-3)), 2);
  });

  it.each([0.05, 0.2, 0.5, 0.55, 0.8, 0.97])("keeps a mass of %d at zero, at zero and of that size", (share) => {
    for (const patients of [100, 1000]) {
      const zeros = Math.round(share * patients);
      const values = normals(patients).map((z, i) => (i < zeros ? 0 : 1 + Math.abs(z)));
      const drawn = spread(fitTable(values, 0), 20_000);
      const drawnZeros = drawn.filter((value) => value === 0).length / drawn.length;
      expect(Math.abs(drawnZeros - zeros / patients)).toBeLessThan(0.004);
      expect(drawn.every((value) => value >= 0)).toBe(true);
    }
  });

  it("keeps a mass at a lowest value that is not zero", () => {
    const values = normals(200).map((z, i) => (i < 60 ? -3.5 : z / 2));
    const drawn = spread(fitTable(values), 10_000);
    expect(drawn.filter((value) => value === -3.5).length / 10_000).toBeCloseTo(0.3, 2);
    expect(Math.min(...drawn)).toBe(-3.5);
  });

  it("has one value where the sample has one", () => {
    const fitted = fitTable(new Float64Array(50).fill(2.5));
    expect(new Set(spread(fitted, 100))).toEqual(new Set([2.5]));
    expect(quantileTableLatent(fitted.table, 0, fitted.grid, 2.5)).toBe(0);
  });

  it("never goes below the lowest possible value", () => {
    const drawn = spread(
      fitTable(
        normals(60).map((z) => Math.exp(z)),
        0,
      ),
      10_000,
    );
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
  });

  const sample = fc
    .tuple(fc.integer({ min: 20, max: 120 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 1000 }))
    .map(([patients, zeros, index]) => normals(patients, index).map((z, i) => (i < zeros ? -5 : z)));
  const latent = fc.double({ min: -4.5, max: 4.5, noNaN: true });

  it("rises with the latent", () => {
    fc.assert(
      fc.property(sample, latent, latent, (values, a, b) => {
        const { grid, table } = fitTable(values);
        const low = quantileTableValue(table, grid, Math.min(a, b));
        expect(low).toBeLessThanOrEqual(quantileTableValue(table, grid, Math.max(a, b)) + 1e-12);
      }),
    );
  });

  it("has the latent as its inverse, outside a mass", () => {
    fc.assert(
      fc.property(sample, latent, (values, z) => {
        const { grid, table } = fitTable(values);
        const value = quantileTableValue(table, grid, z);
        fc.pre(value > table[grid.knots + 2]!);
        const back = quantileTableLatent(table, 0, grid, value);
        // To the width within which quantiles count as one mass.
        expect(Math.abs(quantileTableValue(table, grid, back) - value)).toBeLessThan(1e-4);
      }),
    );
  });

  it("gives a mass the mean latent of its patients, and nothing a latent beyond 5", () => {
    const values = normals(200).map((z, i) => (i < 100 ? 0 : 1 + Math.abs(z)));
    const { grid, table } = fitTable(values, 0);
    // E[Z | Z < 0] = −√(2/π).
    expect(quantileTableLatent(table, 0, grid, 0)).toBeCloseTo(-Math.sqrt(2 / Math.PI), 2);
    expect(quantileTableLatent(table, 0, grid, 1e9)).toBe(5);
    const free = fitTable(normals(100));
    expect(quantileTableLatent(free.table, 0, free.grid, -1e9)).toBe(-5);
  });

  it("gives a mass at the top its mean latent too", () => {
    const values = normals(100).map((z, i) => (i < 30 ? 100 : 50 + z));
    const { grid, table } = fitTable(values, 0);
    const top = quantileTableLatent(table, 0, grid, 100);
    // E[Z | Z > 0.52] = 1.16; the smooth estimate reaches the mass a knot later.
    expect(top).toBeGreaterThan(1);
    expect(top).toBeLessThan(1.7);
  });
});
