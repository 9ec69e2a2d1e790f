import { expect, it } from "vitest";
import { buildCohort } from "../testing/build-cohort.ts";
import { computeMartingaleResiduals } from "./martingale-residuals.ts";

const residuals = (days: number[], event: number[]) =>
  computeMartingaleResiduals(buildCohort({ count: days.length, survival: { days, event } }).clinical);

it("is events less the cumulative hazard, and sums to 0", () => {
  // Λ: ¼ at 10, none at 20, ¼ + ½ at 30.
  const values = residuals([10, 20, 30, 40], [1, 0, 1, 0]);
  expect([...values]).toEqual([0.75, -0.25, 0.25, -0.75]);
});
it("is unknown where survival is, and 0 where nobody died", () => {
  expect([...residuals([10, 20, Number.NaN, 30], [1, 0, 1, -1])]).toEqual([0.5, -0.5, Number.NaN, Number.NaN]);
  expect(residuals([10, 20], [0, 0]).every((value) => value === 0)).toBe(true);
  expect(residuals([10, 20], [-1, -1]).every(Number.isNaN)).toBe(true);
});
