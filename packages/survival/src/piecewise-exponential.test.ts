import { RandomStream, smallestNormal, streamId } from "@osteon/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateKaplanMeier } from "./kaplan-meier.ts";
import {
  cumulativeHazard,
  fitPiecewiseExponential,
  hazardRate,
  survivalProbability,
  survivalQuantile,
} from "./piecewise-exponential.ts";
import { readSurvivalAt } from "./read-curve.ts";

const cohort = fc
  .array(fc.record({ days: fc.integer({ min: 0, max: 4000 }), event: fc.integer({ min: 0, max: 1 }) }), {
    minLength: 1,
    maxLength: 120,
  })
  .map((rows) => ({
    times: Float64Array.from(rows, (row) => row.days),
    events: Uint8Array.from(rows, (row) => row.event),
  }));

describe("any cohort", () => {
  it("puts no knot on a patient's time and enough deaths in every piece", () => {
    fc.assert(
      fc.property(cohort, fc.integer({ min: 1, max: 8 }), ({ times, events }, minimumEventsPerPiece) => {
        const { knotsDays } = fitPiecewiseExponential(times, events, { minimumEventsPerPiece });
        expect(knotsDays[0]).toBe(0);
        for (let k = 1; k < knotsDays.length; k++) {
          expect(knotsDays[k]).toBeGreaterThan(knotsDays[k - 1]!);
          expect(times.includes(knotsDays[k]!)).toBe(false);
        }
        if (knotsDays.length === 1) return;
        for (let k = 0; k < knotsDays.length; k++) {
          const end = knotsDays[k + 1] ?? Infinity;
          const deaths = times.filter((t, i) => events[i] === 1 && t >= knotsDays[k]! && t < end).length;
          expect(deaths).toBeGreaterThanOrEqual(minimumEventsPerPiece);
        }
      }),
    );
  });

  it("expects as many deaths over the days lived as there were", () => {
    fc.assert(
      fc.property(cohort, ({ times, events }) => {
        fc.pre(times.some((time) => time > 0));
        const fit = fitPiecewiseExponential(times, events);
        const expected = times.reduce((sum, time) => sum + cumulativeHazard(fit, time), 0);
        const deaths = events.reduce((sum: number, event) => sum + event, 0);
        expect(expected).toBeCloseTo(Math.max(deaths, 0.5), 6);
      }),
    );
  });

  it("has finite, positive hazards and a quantile that inverts survival", () => {
    fc.assert(
      fc.property(cohort, fc.double({ min: 1e-300, max: 1, noNaN: true }), ({ times, events }, survival) => {
        const fit = fitPiecewiseExponential(times, events);
        for (const hazard of fit.hazards) {
          expect(hazard).toBeGreaterThan(0);
          expect(hazard).toBeLessThan(Infinity);
        }
        const day = survivalQuantile(fit, survival);
        expect(Number.isFinite(day)).toBe(true);
        expect(cumulativeHazard(fit, day)).toBeCloseTo(-Math.log(survival), 6);
      }),
    );
  });
});

it("finds the known hazard, and follows Kaplan and Meier where it is not constant", () => {
  const n = 4000;
  const lifetime = new RandomStream(11, streamId("lifetime"));
  const loss = new RandomStream(11, streamId("loss"));
  const times = new Float64Array(n);
  const events = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    // Weibull of shape 1.5: a hazard that rises.
    const death = 2000 * (-Math.log(lifetime.nextUniform())) ** (1 / 1.5);
    const lost = 200 + 4000 * loss.nextUniform();
    times[i] = Math.ceil(Math.min(death, lost));
    events[i] = death <= lost ? 1 : 0;
  }
  const fit = fitPiecewiseExponential(times, events);
  expect(fit.knotsDays.length).toBe(20);
  const curve = estimateKaplanMeier(times, events);
  for (const day of [100, 400, 900, 1500, 2500]) {
    expect(Math.abs(survivalProbability(fit, day) - readSurvivalAt(curve, [day])[0]!)).toBeLessThan(0.01);
    expect(Math.abs(survivalProbability(fit, day) - Math.exp(-((day / 2000) ** 1.5)))).toBeLessThan(0.03);
  }
});

describe("few deaths", () => {
  it("one piece with fewer than twice the minimum", () => {
    const fit = fitPiecewiseExponential(Float64Array.of(100, 200, 300, 400), Uint8Array.of(1, 1, 1, 0));
    expect([...fit.knotsDays]).toEqual([0]);
    expect(fit.hazards[0]).toBeCloseTo(3 / 1000, 12);
  });

  it("half a death where nobody died, also where nobody was followed", () => {
    expect(fitPiecewiseExponential(Float64Array.of(100, 400), new Uint8Array(2)).hazards[0]).toBe(0.001);
    expect(fitPiecewiseExponential(new Float64Array(4), new Uint8Array(4)).hazards[0]).toBe(0.25);
    expect(fitPiecewiseExponential(new Float64Array(4), Uint8Array.of(1, 1, 1, 1)).hazards[0]).toBe(2);
  });
});

it("works out a hazard of two pieces by hand", () => {
  const fit = { knotsDays: Float64Array.of(0, 100), hazards: Float64Array.of(0.01, 0.001) };
  expect(cumulativeHazard(fit, 50)).toBeCloseTo(0.5, 12);
  expect(cumulativeHazard(fit, 300)).toBeCloseTo(1.2, 12);
  expect(cumulativeHazard(fit, 0)).toBe(0);
  expect(cumulativeHazard(fit, -5)).toBe(0);
  expect([hazardRate(fit, 99), hazardRate(fit, 101)]).toEqual([0.01, 0.001]);
  expect(survivalQuantile(fit, 1)).toBe(0);
  expect(survivalQuantile(fit, Math.exp(-1.2))).toBeCloseTo(300, 9);
  expect(survivalQuantile(fit, smallestNormal)).toBeLessThan(Infinity);
});

it("refuses bad input by name", () => {
  const times = Float64Array.of(1, 2);
  const events = Uint8Array.of(1, 0);
  expect(() => fitPiecewiseExponential(times, events, { minimumEventsPerPiece: 0 })).toThrow("minimumEventsPerPiece");
  expect(() => fitPiecewiseExponential(times, events, { maximumPieces: 1.5 })).toThrow("maximumPieces");
  expect(() => fitPiecewiseExponential(times, Int8Array.of(1, -1))).toThrow("Event");
  const fit = fitPiecewiseExponential(times, events);
  for (const survival of [0, -1, 1.1, NaN]) expect(() => survivalQuantile(fit, survival)).toThrow("survival");
});
