import fc from "fast-check";
import { expect, it } from "vitest";
import { estimateKaplanMeier, type BandScale } from "./kaplan-meier.ts";
import { estimateMedianFollowUp, readQuantile, readSurvivalAt } from "./read-curve.ts";

const cohort = fc
  .array(fc.record({ days: fc.integer({ min: 0, max: 60 }), event: fc.integer({ min: 0, max: 1 }) }), {
    minLength: 1,
    maxLength: 80,
  })
  .map((rows) => ({
    times: Float64Array.from(rows, (row) => row.days),
    events: Uint8Array.from(rows, (row) => row.event),
  }));

it("stays within 0 … 1, falls only, and lies inside its band", () => {
  fc.assert(
    fc.property(cohort, fc.constantFrom<BandScale>("plain", "log", "log-log"), ({ times, events }, bandScale) => {
      const curve = estimateKaplanMeier(times, events, { bandScale });
      let last = 1;
      for (let k = 0; k < curve.timesDays.length; k++) {
        const value = curve.survival[k]!;
        expect(value).toBeLessThanOrEqual(last);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(curve.lower[k]).toBeGreaterThanOrEqual(0);
        expect(curve.lower[k]).toBeLessThanOrEqual(value);
        expect(curve.upper[k]).toBeGreaterThanOrEqual(value);
        expect(curve.upper[k]).toBeLessThanOrEqual(1);
        last = value;
      }
    }),
  );
});

it("is the empirical survival function where nobody is censored", () => {
  fc.assert(
    fc.property(cohort, ({ times }) => {
      const curve = estimateKaplanMeier(times, new Uint8Array(times.length).fill(1));
      const days = Float64Array.from({ length: 61 }, (_, day) => day);
      readSurvivalAt(curve, days).forEach((value, day) => {
        expect(value).toBeCloseTo(times.filter((time) => time > day).length / times.length, 10);
      });
    }),
  );
});

it("has a band without gaps at 1 and at 0", () => {
  const curve = estimateKaplanMeier(Float64Array.of(1, 2, 3), Uint8Array.of(0, 1, 1), { bandScale: "log-log" });
  expect([...curve.survival]).toEqual([1, 0.5, 0]);
  expect([curve.lower[0], curve.upper[0]]).toEqual([1, 1]);
  expect([curve.lower[2], curve.upper[2]]).toEqual([0, curve.upper[1]]);
});

it("has no median where fewer than half die, and none of follow-up where all do", () => {
  const times = Float64Array.of(10, 20, 30, 40);
  expect(readQuantile(estimateKaplanMeier(times, Uint8Array.of(1, 0, 0, 0)), 0.5).days).toBeUndefined();
  expect(estimateMedianFollowUp(times, Uint8Array.of(1, 1, 1, 1))).toBeUndefined();
  expect(estimateMedianFollowUp(times, Uint8Array.of(1, 1, 1, 0))).toBe(40);
});

it("refuses bad input by name", () => {
  const times = Float64Array.of(10, 20);
  expect(() => estimateKaplanMeier(times, Int8Array.of(0, -1))).toThrow("Event has 1 values");
  expect(() => estimateKaplanMeier(Float64Array.of(NaN, 1), Int8Array.of(0, 1))).toThrow("Survival time has 1 values");
  expect(() => estimateKaplanMeier(times, Int8Array.of(0, 1), { confidenceLevel: 0 })).toThrow("confidenceLevel");
  expect(() => estimateMedianFollowUp(times, Int8Array.of(0, -1))).toThrow("Event has 1 values");
  expect(() => readQuantile(estimateKaplanMeier(times, Int8Array.of(0, 1)), 1)).toThrow("fractionDied");
});
