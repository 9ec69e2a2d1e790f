import fc from "fast-check";
import { expect, it } from "vitest";
import { computeConcordance } from "./concordance.ts";

it("counts the same pairs as the definition read pair by pair", () => {
  const patient = fc.record({
    days: fc.integer({ min: 0, max: 12 }),
    event: fc.integer({ min: 0, max: 1 }),
    risk: fc.integer({ min: -3, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(patient, { minLength: 1, maxLength: 40 }), (rows) => {
      const counts = { concordant: 0, discordant: 0, tiedRisk: 0, tiedTime: 0, tiedBoth: 0 };
      rows.forEach((a, i) =>
        rows.forEach((b, j) => {
          if (a.event === 0) return;
          if (a.days === b.days && b.event === 1) {
            if (i < j) counts[a.risk === b.risk ? "tiedBoth" : "tiedTime"]++;
            return;
          }
          // a died; b lives longer, or was censored on the same day.
          if (b.days < a.days) return;
          if (a.risk === b.risk) counts.tiedRisk++;
          else counts[a.risk > b.risk ? "concordant" : "discordant"]++;
        }),
      );
      const result = computeConcordance(
        Float64Array.from(rows, (row) => row.days),
        Uint8Array.from(rows, (row) => row.event),
        rows.map((row) => row.risk),
      );
      expect(result).toMatchObject(counts);
    }),
  );
});

it("is 1 for the perfect risk, 0 for its opposite, and undefined without a comparable pair", () => {
  const times = Float64Array.of(1, 2, 3, 4);
  const events = Uint8Array.of(1, 1, 0, 1);
  expect(computeConcordance(times, events, [4, 3, 2, 1]).concordanceIndex).toBe(1);
  expect(computeConcordance(times, events, [1, 2, 3, 4]).concordanceIndex).toBe(0);
  expect(computeConcordance(times, events, [1, 1, 1, 1]).concordanceIndex).toBe(0.5);
  const without = computeConcordance(times, new Uint8Array(4), [1, 2, 3, 4]);
  expect(without.concordanceIndex).toBeUndefined();
  expect(without.standardError).toBeUndefined();
});

it("refuses risks that are missing", () => {
  expect(() => computeConcordance(Float64Array.of(1, 2), Uint8Array.of(1, 1), [NaN, 1])).toThrow("The risk table");
  expect(() => computeConcordance(Float64Array.of(1, 2), Uint8Array.of(1, 1), [1])).toThrow("The risk table has 1");
});
