import type { SyntheticPatient } from "@osteon/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateSeries } from "./kaplan-meier-series.ts";
import { countAtRisk } from "./risk-table.ts";
import { bandPath, stepPath } from "./step-path.ts";

const same = (value: number) => value;

describe("a curve of steps", () => {
  it("holds each value until the next time", () => {
    const path = stepPath({ times: [0, 10, 30], values: [1, 0.5, 0.25] }, same, (share) => 100 * (1 - share));
    expect(path).toBe("M0,0L10,0L10,50L30,50L30,75");
  });

  it("has a band that goes there along one edge and back along the other, and closes", () => {
    expect(bandPath([0, 10], [1, 0.4], [1, 0.8], same, same)).toBe("M0,1L10,1L10,0.8L10,0.4L10,1L0,1Z");
  });

  it("is empty without points", () => {
    expect(stepPath({ times: [], values: [] }, same, same)).toBe("");
  });
});

describe("numbers at risk", () => {
  it("count who is followed just before a time, themselves included", () => {
    expect(countAtRisk([5, 10, 10, 20], [0, 5, 6, 10, 11, 20, 21])).toEqual([4, 4, 3, 3, 1, 1, 0]);
  });

  it("are those of counting one by one, whatever the times", () => {
    const days = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 });
    fc.assert(
      fc.property(days, days, (times, at) => {
        const expected = at.map((day) => times.filter((time) => time >= day).length);
        expect(countAtRisk(times, at)).toEqual(expected);
      }),
    );
  });
});

const patient = (survival_days: number | null, event_occurred: 0 | 1 | null): SyntheticPatient => ({
  index: 0,
  clinical: { survival_days, event_occurred, age_years: null, metastasis: null },
  mutations: {},
  copy_number: {},
  expression: {},
  pathways: {},
});

describe("the curve of generated patients", () => {
  it("is Kaplan and Meier's, begins at 1 and marks who is censored", () => {
    // Times 10 died, 20 censored, 30 died, 40 died, 50 censored: 4/5, then 4/5 · 2/3, then 4/5 · 2/3 · 1/2.
    const patients = [patient(10, 1), patient(20, 0), patient(30, 1), patient(40, 1), patient(50, 0)];
    const series = estimateSeries("all", [...patients, patient(null, 1), patient(60, null)])!;
    expect(series).toMatchObject({ patients: 5, deaths: 3, medianDays: 40 });
    expect(series.timesDays).toEqual([0, 10, 20, 30, 40, 50]);
    series.survival.forEach((share, k) => expect(share).toBeCloseTo([1, 0.8, 0.8, 8 / 15, 4 / 15, 4 / 15][k]!, 12));
    expect(series.censored.map(({ timeDays }) => timeDays)).toEqual([20, 50]);
    expect(series.followUpDays).toEqual([10, 20, 30, 40, 50]);
  });

  it("is not drawn of fewer than five", () => {
    expect(
      estimateSeries(
        "few",
        Array.from({ length: 4 }, () => patient(10, 1)),
      ),
    ).toBeNull();
  });
});
