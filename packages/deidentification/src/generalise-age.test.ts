import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generaliseAges } from "./generalise-age.ts";

describe("generaliseAges", () => {
  it("rounds, pools those over 89 and keeps the unknown", () => {
    const { ageYears, rounded, pooled } = generaliseAges(Float64Array.of(19.86, 12, Number.NaN, 89, 89.01, 97), 0.1);
    expect([...ageYears]).toEqual([19.9, 12, Number.NaN, 89, 90, 90]);
    expect({ rounded, pooled }).toEqual({ rounded: 1, pooled: 2 });
  });

  it("never moves an age by more than half the precision, nor past the pool", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 120, noNaN: true }),
        fc.double({ min: 1 / 12, max: 10, noNaN: true }),
        (age, precision) => {
          const result = generaliseAges(Float64Array.of(age), precision).ageYears[0]!;
          expect(result).toBeLessThanOrEqual(90);
          if (age <= 89) expect(Math.abs(result - age)).toBeLessThanOrEqual(precision / 2 + 1e-6);
          else expect(result).toBe(90);
        },
      ),
    );
  });

  it.each([0, 0.01, 11, Number.NaN])("refuses a precision of %s", (precision) => {
    expect(() => generaliseAges(Float64Array.of(1), precision)).toThrow(/precision of ages/);
  });
});
