import { kolmogorovSmirnovDistance, RandomStream, wassersteinDistance } from "@osteon/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDistributionVariable } from "./distribution-variable.ts";

const compute = (values: readonly number[], labels: readonly number[]) => {
  const into = new Float64Array(3);
  createDistributionVariable("x", "clinical", Float64Array.from(values))!.compute(Uint8Array.from(labels), into);
  return into;
};

it("PSI by hand, half a patient added to each bin", () => {
  // Reference 0 0 0 1, current 0 1 1 1: (3.5/5, 1.5/5) against (1.5/5, 3.5/5).
  const [index] = compute([0, 0, 0, 1, 0, 1, 1, 1], [0, 0, 0, 0, 1, 1, 1, 1]);
  expect(index).toBeCloseTo(2 * 0.4 * Math.log(3.5 / 1.5), 12);
});

it("cuts many values at their pooled deciles", () => {
  const values = Array.from({ length: 40 }, (_, i) => i);
  const [index] = compute(
    values,
    Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1)),
  );
  // Each of ten bins has four patients of one side: (4.5 against 0.5) of 25.
  expect(index).toBeCloseTo(10 * (4 / 25) * Math.log(9), 12);
});

it("distances are those of the sorted samples, whatever is unknown and however many are equal", () => {
  const sample = fc.array(fc.tuple(fc.constantFrom(0, 1, 2, 3.5, 7, Number.NaN), fc.constantFrom(0, 1)), {
    minLength: 3,
    maxLength: 40,
  });
  fc.assert(
    fc.property(sample, (pairs) => {
      const side = (label: number) =>
        Float64Array.from(
          pairs.filter(([value, of]) => of === label && !Number.isNaN(value)).map(([value]) => value),
        ).sort();
      const known = pairs.map(([value]) => value).filter((value) => !Number.isNaN(value));
      fc.pre(side(0).length > 0 && side(1).length > 0 && new Set(known).size > 1);
      const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
      const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1));
      const [, gap, area] = compute(
        pairs.map(([value]) => value),
        pairs.map(([, of]) => of),
      );
      expect(gap).toBeCloseTo(kolmogorovSmirnovDistance(side(0), side(1)), 10);
      expect(area).toBeCloseTo(wassersteinDistance(side(0), side(1)) / deviation, 10);
    }),
  );
});

describe("a variable", () => {
  it("that does not vary is none", () => {
    expect(createDistributionVariable("x", "clinical", Float64Array.of(1, 1, Number.NaN))).toBeUndefined();
    expect(createDistributionVariable("x", "clinical", new Float64Array(4).fill(Number.NaN))).toBeUndefined();
  });

  it("of 0 and 1 is told in shares, another in standard deviations", () => {
    const binary = createDistributionVariable("x", "clinical", Float64Array.of(0, 1, 1, 1))!;
    expect([binary.unit, binary.difference(Uint8Array.of(0, 0, 1, 1))]).toEqual(["share", 0.5]);
    const random = new RandomStream(1, 1);
    const values = Float64Array.from({ length: 200 }, (_, i) => 10 * random.nextNormal() + (i < 100 ? 0 : 20));
    const continuous = createDistributionVariable("x", "clinical", values)!;
    const labels = Uint8Array.from(values, (_, i) => (i < 100 ? 0 : 1));
    // Two normals two deviations apart have a pooled deviation of √2.
    expect(continuous.difference(labels)! * Math.SQRT2).toBeCloseTo(2, 0);
    expect(continuous.unit).toBe("SD");
  });

  it("of which a side knows nothing is no distance apart", () => {
    const variable = createDistributionVariable("x", "clinical", Float64Array.of(1, 2, Number.NaN, Number.NaN))!;
    const into = new Float64Array(3).fill(9);
    variable.compute(Uint8Array.of(0, 0, 1, 1), into);
    expect(into).toEqual(new Float64Array(3));
    expect(variable.difference(Uint8Array.of(0, 0, 1, 1))).toBeNull();
    expect(variable.detectable(Uint8Array.of(0, 0, 1, 1), 0.05, [])).toBeNull();
  });
});
