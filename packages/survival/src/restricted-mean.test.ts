import { expect, it } from "vitest";
import { estimateKaplanMeier } from "./kaplan-meier.ts";
import { compareRestrictedMeans, estimateRestrictedMean } from "./restricted-mean.ts";

const days = Float64Array.of(10, 20, 30, 40);
const allDied = estimateKaplanMeier(days, Uint8Array.of(1, 1, 1, 1));

it("is the mean of the times cut at the horizon where nobody is censored", () => {
  expect(estimateRestrictedMean(allDied, 25)!.meanDays).toBeCloseTo((10 + 20 + 25 + 25) / 4, 12);
  expect(estimateRestrictedMean(allDied, 500)!.meanDays).toBeCloseTo(25, 12);
  expect(estimateRestrictedMean(allDied, 5)).toEqual({ horizonDays: 5, meanDays: 5, standardErrorDays: 0 });
});

it("is the horizon where nobody died, and undefined beyond the follow-up of survivors", () => {
  const nobodyDied = estimateKaplanMeier(days, new Uint8Array(4));
  expect(estimateRestrictedMean(nobodyDied, 40)).toMatchObject({ meanDays: 40, standardErrorDays: 0 });
  expect(estimateRestrictedMean(nobodyDied, 41)).toBeUndefined();
});

it("compares two groups", () => {
  const early = { horizonDays: 100, meanDays: 30, standardErrorDays: 3 };
  const late = { horizonDays: 100, meanDays: 40, standardErrorDays: 4 };
  // R: 2 * pnorm(-2)
  expect(compareRestrictedMeans(early, late)).toMatchObject({ differenceDays: -10, standardErrorDays: 5 });
  expect(compareRestrictedMeans(early, late).pValue).toBeCloseTo(0.0455002638963584, 10);
  const sure = { ...early, standardErrorDays: 0 };
  expect(compareRestrictedMeans(sure, sure).pValue).toBe(1);
  expect(compareRestrictedMeans(sure, { ...sure, meanDays: 31 }).pValue).toBe(0);
  expect(() => compareRestrictedMeans(early, { ...late, horizonDays: 99 })).toThrow("horizonDays");
});

it.each([0, -1, NaN, Infinity])("refuses the horizon %d", (horizon) => {
  expect(() => estimateRestrictedMean(allDied, horizon)).toThrow("horizonDays");
});
