import { expect, it } from "vitest";
import { medianOf, robustScores } from "./robust-score.ts";

it("medians by hand", () => {
  expect(medianOf([3, 1, 2])).toBe(2);
  expect(medianOf([4, 1, 3, 2])).toBe(2.5);
  expect(medianOf([])).toBeNaN();
});

it("one outlier does not hide itself", () => {
  // Median 3, absolute deviations 2, 1, 0, 1, 97: their median is 1.
  const scores = robustScores(Float64Array.of(1, 2, 3, 4, 100));
  expect(scores[4]).toBeCloseTo(97 / 1.4826, 10);
  expect(scores[0]).toBeCloseTo(-2 / 1.4826, 10);
  expect([...robustScores(Float64Array.of(5, 5, 5, 9))]).toEqual([0, 0, 0, 0]);
});
