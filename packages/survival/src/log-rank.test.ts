import fc from "fast-check";
import { expect, it } from "vitest";
import { chiSquareSurvival } from "./chi-square.ts";
import { evaluatePartialLikelihood } from "./cox-likelihood.ts";
import { testLogRank } from "./log-rank.ts";

it("expects as many deaths as there were, whatever the groups", () => {
  const row = fc.record({
    days: fc.integer({ min: 0, max: 20 }),
    event: fc.integer({ min: 0, max: 1 }),
    group: fc.integer({ min: 0, max: 4 }),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
      const test = testLogRank(
        Float64Array.from(rows, (r) => r.days),
        Uint8Array.from(rows, (r) => r.event),
        rows.map((r) => r.group),
      );
      const deaths = rows.filter((r) => r.event === 1).length;
      expect(test.expectedDeaths.reduce((a, b) => a + b, 0)).toBeCloseTo(deaths, 9);
      expect(test.pValue).toBeGreaterThanOrEqual(0);
      expect(test.pValue).toBeLessThanOrEqual(1);
      expect(test.chiSquare).toBeGreaterThanOrEqual(0);
    }),
  );
});

it("is the score test of Cox's model where no times tie", () => {
  const events = Uint8Array.of(0, 1, 1, 0, 1, 1, 0, 1, 1);
  const group = [0, 0, 1, 0, 0, 1, 1, 0, 1];
  const timesDays = Float64Array.of(30, 21, 20, 14, 12, 9, 8, 5, 3);
  const design = { timesDays, events, covariates: Float64Array.from(group), width: 1 };
  const { score, information } = evaluatePartialLikelihood(design, Float64Array.of(0), "efron");
  expect(testLogRank(timesDays, events, group).chiSquare).toBeCloseTo(score[0]! ** 2 / information[0]!, 12);
});

it("says so when there is nothing to compare", () => {
  const nothing = { chiSquare: 0, degreesOfFreedom: 0, pValue: 1 };
  expect(testLogRank(Float64Array.of(1, 2), Uint8Array.of(1, 1), [7, 7])).toMatchObject(nothing);
  expect(testLogRank(Float64Array.of(1, 2), Uint8Array.of(0, 0), [1, 2])).toMatchObject(nothing);
  // The other group left before the first death.
  expect(testLogRank(Float64Array.of(1, 2, 3), Uint8Array.of(0, 1, 1), [1, 2, 2])).toMatchObject(nothing);
});

// R: pchisq(c(0.5, 30, 200, 7, 3.841458820694124), c(1, 5, 10, 8, 1), lower.tail = FALSE)
it.each([
  [0.5, 1, 0.47950012218695348],
  [3.841458820694124, 1, 0.05],
  [30, 5, 1.4748581038443054e-5],
  [200, 10, 1.6139305336977309e-37],
  [7, 8, 0.53663266790078512],
])("chi-square tail at %f with %i degrees", (x, df, p) => {
  expect(Math.abs(chiSquareSurvival(x, df) / p - 1)).toBeLessThan(1e-9);
});

it("takes each stratum for itself", () => {
  const days = Float64Array.of(1, 2, 3, 4, 5, 6);
  const events = Uint8Array.of(1, 1, 0, 1, 1, 1);
  const group = [1, 2, 1, 2, 1, 2];
  const plain = testLogRank(days, events, group);
  expect(testLogRank(days, events, group, [7, 7, 7, 7, 7, 7])).toEqual(plain);
  // A second stratum without deaths, and a third with one group, add patients and nothing else.
  const more = testLogRank(
    Float64Array.of(...days, 1, 9, 1, 2),
    Uint8Array.of(...events, 0, 0, 1, 1),
    [...group, 1, 2, 2, 2],
    [7, 7, 7, 7, 7, 7, 8, 8, 9, 9],
  );
  expect(more.chiSquare).toBeCloseTo(plain.chiSquare, 12);
  expect(more).toMatchObject({ degreesOfFreedom: 1, patients: [4, 6] });
});

it("compares the groups that meet, beside one alone in its stratum", () => {
  const days = Float64Array.of(1, 2, 3, 4, 5, 6);
  const events = new Uint8Array(6).fill(1);
  const alone = testLogRank(days, events, [3, 1, 3, 1, 4, 4], [1, 2, 1, 2, 2, 2]);
  const without = testLogRank(Float64Array.of(2, 4, 5, 6), events.subarray(2), [1, 1, 4, 4]);
  expect(alone.degreesOfFreedom).toBe(1);
  expect(alone.chiSquare).toBeCloseTo(without.chiSquare, 12);
  expect(testLogRank(days, events, [1, 1, 1, 2, 2, 2], [1, 1, 1, 2, 2, 2])).toMatchObject({
    degreesOfFreedom: 0,
    pValue: 1,
  });
  expect(() => testLogRank(days, events, [1, 1, 1, 2, 2, 2], [1])).toThrow("The stratum table has 1");
});
