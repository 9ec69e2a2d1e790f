import fc from "fast-check";
import { expect, it } from "vitest";
import { niceRange } from "./choose-ticks.ts";

it("holds every value, with a little room, also where all are the same or none is a number", () => {
  expect(niceRange([Number.NaN], 4)).toEqual({ domain: [0, 1], ticks: [0, 1] });
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(values, (numbers) => {
      const { domain, ticks } = niceRange(numbers, 5);
      expect(domain[0]).toBeLessThan(Math.min(...numbers) + 1e-12);
      expect(domain[1]).toBeGreaterThan(Math.max(...numbers) - 1e-12);
      expect(domain[1]).toBeGreaterThan(domain[0]);
      expect(ticks.length).toBeGreaterThan(0);
    }),
  );
});
