import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pearsonCorrelation, spearmanCorrelation } from "./correlation.ts";
import { dotProduct } from "./dot-product.ts";
import { mean, sampleVariance } from "./moments.ts";
import { averageRanks } from "./ranks.ts";
import { rocArea, rocAreaNullRange } from "./roc-area.ts";
import { kolmogorovSmirnovDistance, wassersteinDistance } from "./two-sample-distances.ts";

const finite = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const sample = fc.array(finite, { minLength: 1, maxLength: 20 }).map((values) => values.toSorted((a, b) => a - b));

describe("dotProduct", () => {
  it.each([0, 1, 3, 4, 7])("is the sum of %i products from the places on", (length) => {
    const a = Float64Array.of(9, 9, 1, 2, 3, 4, 5, 6, 7, 9);
    let expected = 0;
    for (let i = 0; i < length; i++) expected += a[2 + i]! * a[i]!;
    expect(dotProduct(a, 2, a, 0, length)).toBe(expected);
  });
});

describe("mean and sampleVariance", () => {
  it("of 2, 4, 4, 6 are 4 and 8 / 3", () => {
    expect(mean([2, 4, 4, 6])).toBe(4);
    expect(sampleVariance(Float32Array.of(2, 4, 4, 6))).toBeCloseTo(8 / 3, 14);
  });
  it("do not exist of too few values", () => {
    expect(mean([])).toBeNaN();
    expect(sampleVariance([1])).toBeNaN();
  });
});

describe("averageRanks", () => {
  it("shares ties and passes NaN by", () => {
    expect([...averageRanks([3, 1, Number.NaN, 3, 2])]).toEqual([3.5, 1, Number.NaN, 3.5, 2]);
  });
});

describe("pearsonCorrelation", () => {
  it("agrees with R's cor(c(1,2,3,4,5), c(2,1,4,3,7)) = 0.8241634", () => {
    expect(pearsonCorrelation([1, 2, 3, 4, 5], [2, 1, 4, 3, 7])).toBeCloseTo(0.8241634, 6);
  });
  it("takes complete pairs only", () => {
    expect(pearsonCorrelation([1, 2, Number.NaN, 3], [2, 4, 100, 6])).toBeCloseTo(1, 12);
  });
  it("is null for a constant side, also one that rounding makes vary, and for two pairs", () => {
    expect(pearsonCorrelation([0.1, 0.1, 0.1], [1, 2, 3])).toBeNull();
    expect(
      pearsonCorrelation(
        new Float32Array(50).fill(0.3),
        Float32Array.from({ length: 50 }, (_, i) => i),
      ),
    ).toBeNull();
    expect(pearsonCorrelation([1, 2], [1, 2])).toBeNull();
  });
});

describe("spearmanCorrelation", () => {
  it("is 1 for any increasing relation", () => {
    expect(spearmanCorrelation([1, 2, 3, 4], [1, 10, 11, 1000])).toBeCloseTo(1, 12);
  });
});

describe("two-sample distances", () => {
  it("has known values", () => {
    expect(kolmogorovSmirnovDistance([1, 2, 3, 4], [3, 4, 5, 6])).toBeCloseTo(0.5, 12);
    expect(wassersteinDistance([1, 2, 3, 4], [3, 4, 5, 6])).toBeCloseTo(2, 12);
    expect(wassersteinDistance([0, 1], [0, 0, 1])).toBeCloseTo(1 / 6, 12);
    expect(wassersteinDistance([0], [5])).toBe(5);
  });
  it("is symmetric, zero on itself, and moves with a shift", () => {
    fc.assert(
      fc.property(sample, sample, fc.double({ min: 0, max: 100, noNaN: true }), (x, y, shift) => {
        expect(wassersteinDistance(x, y)).toBeCloseTo(wassersteinDistance(y, x), 8);
        expect(kolmogorovSmirnovDistance(x, y)).toBeCloseTo(kolmogorovSmirnovDistance(y, x), 12);
        expect(wassersteinDistance(x, x)).toBe(0);
        const shifted = x.map((value) => value + shift);
        expect(wassersteinDistance(x, shifted)).toBeCloseTo(shift, 8);
      }),
    );
  });
});

describe("rocArea", () => {
  it("counts ties half", () => {
    expect(rocArea([3, 2], [1, 2])).toBeCloseTo(0.875, 12);
    expect(rocArea([1, 1], [1, 1])).toBe(0.5);
    expect(rocArea([], [1])).toBeNull();
  });
  it("means nothing between 0.38 and 0.62 at 44 against 44", () => {
    const [low, high] = rocAreaNullRange(44, 44, 0.95);
    expect(low).toBeCloseTo(0.379, 3);
    expect(high).toBeCloseTo(0.621, 3);
  });
});
