import { expect, it } from "vitest";
import { computeBrierScore, integrateBrierScore } from "./brier-score.ts";

const days = Float64Array.of(1, 2, 3, 4);
const allDied = Uint8Array.of(1, 1, 1, 1);

it("is the plain mean squared error where nobody is censored", () => {
  expect(computeBrierScore(days, allDied, [0, 0, 1, 1], 2)).toBe(0);
  expect(computeBrierScore(days, allDied, [1, 1, 0, 0], 2)).toBe(1);
  expect(computeBrierScore(days, allDied, [0.5, 0.5, 0.5, 0.5], 2)).toBe(0.25);
  expect(computeBrierScore(days, allDied, [0.2, 0, 1, 1], 2)).toBeCloseTo(0.01, 12);
});

it("lets the followed stand for the censored", () => {
  // The one censored on day 2 counts nothing; the three others for 4/3 patients each where they came later.
  const score = computeBrierScore(days, Uint8Array.of(1, 0, 1, 1), [0.5, 0.9, 0.5, 0.5], 3);
  expect(score).toBeCloseTo((0.25 + (2 * 0.25 * 3) / 2) / 4, 12);
});

it("is undefined beyond the follow-up of survivors, and 0 for a sure prediction where nobody died", () => {
  expect(computeBrierScore(days, new Uint8Array(4), [1, 1, 1, 1], 3)).toBe(0);
  expect(computeBrierScore(days, new Uint8Array(4), [1, 1, 1, 1], 4)).toBeUndefined();
  expect(integrateBrierScore(days, new Uint8Array(4), new Float64Array(8).fill(1), [3, 4])).toBeUndefined();
});

it("averages over the follow-up by trapezoids", () => {
  const survival = new Float64Array(12).fill(0.5);
  expect(integrateBrierScore(days, allDied, survival, [0.5, 1, 3.5])).toBeCloseTo(0.25, 12);
  const sure = Float64Array.from([1, 0, 1, 0, 1, 0, 1, 0]);
  expect(integrateBrierScore(days, allDied, sure, [0, 2])).toBeCloseTo(0.25, 12);
});

it("refuses bad input by name", () => {
  expect(() => computeBrierScore(days, allDied, [0, 0, 0], 2)).toThrow("predicted survival has 3 values");
  expect(() => computeBrierScore(days, allDied, [0, 0, NaN, 1.1], 2)).toThrow("2 values that are not probabilities");
  expect(() => computeBrierScore(days, allDied, [0, 0, 0, 0], NaN)).toThrow("horizonDays");
  expect(() => integrateBrierScore(days, allDied, new Float64Array(8), [2, 2])).toThrow("daysAsked");
  expect(() => integrateBrierScore(days, allDied, new Float64Array(7), [1, 2])).toThrow("7 values");
});
