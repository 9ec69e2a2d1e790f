import { expect, it } from "vitest";
import { estimateCoxBaseline, predictCoxSurvival } from "./cox-baseline.ts";

const days = Float64Array.of(5, 1, 2, 2, 4);
const events = Uint8Array.of(0, 1, 1, 0, 1);
const x = Float64Array.of(2010, 2011, 2009, 2012, 2008);

it("is the Nelson-Aalen estimate where the covariate has no effect", () => {
  const baseline = estimateCoxBaseline(days, events, x, Float64Array.of(0));
  expect([...baseline.timesDays]).toEqual([1, 2, 4, 5]);
  [1 / 5, 1 / 5 + 1 / 4, 1 / 5 + 1 / 4 + 1 / 2].forEach((hazard, k) => {
    expect(baseline.cumulativeHazard[k]).toBeCloseTo(hazard, 12);
  });
  expect(predictCoxSurvival(baseline, x, [0])).toEqual(new Float64Array(5).fill(1));
});

it("stays a probability for effects beyond the range of numbers", () => {
  for (const coefficient of [500, -500]) {
    const baseline = estimateCoxBaseline(days, events, x, Float64Array.of(coefficient));
    const survival = predictCoxSurvival(baseline, x, [0, 1, 2, 4, 9]);
    expect(survival.every((value) => value >= 0 && value <= 1)).toBe(true);
  }
});

it("is 0 without deaths", () => {
  const baseline = estimateCoxBaseline(days, new Uint8Array(5), x, Float64Array.of(1));
  expect(predictCoxSurvival(baseline, x, [9])).toEqual(new Float64Array(5).fill(1));
});

it("refuses bad input by name", () => {
  expect(() => estimateCoxBaseline(days, events, x.subarray(1), Float64Array.of(1))).toThrow(
    "The covariate table has 4",
  );
  expect(() => estimateCoxBaseline(days, events, x, Float64Array.of(NaN))).toThrow("The coefficients has 1");
  const baseline = estimateCoxBaseline(days, events, new Float64Array(10), Float64Array.of(1, 1));
  expect(() => predictCoxSurvival(baseline, x, [1])).toThrow("The covariate table has 5 values where 6 belong");
});
