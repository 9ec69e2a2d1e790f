import type { ClinicalTable } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { cutFollowUp } from "./cut-follow-up.ts";

const key = Uint8Array.from({ length: 32 }, (_, i) => i);

/** Patients of whom the last day of the extract is `observed` days after the diagnosis. */
function clinicalOf(times: readonly number[], events: readonly number[]): ClinicalTable {
  const n = times.length;
  return {
    survivalTimeDays: Float64Array.from(times),
    event: Int8Array.from(events),
    ageYears: new Float64Array(n).fill(15),
    metastasis: new Int8Array(n),
    male: new Int8Array(n),
    necrosisPercent: new Float64Array(n),
  };
}

const idsOf = (count: number) => Array.from({ length: count }, (_, i) => `CASE-${i}`);

describe("cutFollowUp", () => {
  const ids = idsOf(2000);
  const observed = 3000;
  const observedDays = ids.map((id) => [id, observed] as const);
  /** All alive at the extract's last day: the days cut off are the secret numbers. */
  const censored = clinicalOf(Array(2000).fill(observed), Array(2000).fill(0));

  it("ends each follow-up 0 to 365 days before the extract's last day, each number as likely", async () => {
    const { clinical, cut } = await cutFollowUp(ids, censored, { key, shiftDays: 365, observedDays });
    const days = [...clinical.survivalTimeDays].map((time) => observed - time);
    expect(Math.min(...days)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...days)).toBeLessThanOrEqual(365);
    expect(cut).toBe(days.filter((day) => day > 0).length);
    const tenths = Array.from({ length: 6 }, (_, k) => days.filter((day) => Math.floor(day / 61) === k).length);
    // 2000 in six classes of 61 days: chi-squared with 5 degrees of freedom is under 20.5 in 999 of 1000 keys.
    const chiSquared = tenths.reduce((sum, count) => sum + (count - 2000 / 6) ** 2 / (2000 / 6), 0);
    expect(chiSquared).toBeLessThan(20.5);
    expect(clinical.event).toEqual(new Int8Array(2000));
  });

  it("hides the day of diagnosis: equal follow-ups no longer tell equal diagnoses", async () => {
    const { clinical } = await cutFollowUp(ids, censored, { key, shiftDays: 365, observedDays });
    expect(new Set(clinical.survivalTimeDays).size).toBeGreaterThan(300);
  });

  it("cuts the same at each extract and in each release of one key, and otherwise under another key", async () => {
    const options = { shiftDays: 365, observedDays };
    const first = await cutFollowUp(ids, censored, { key, ...options });
    const later = observedDays.map(([id, days]) => [id, days + 100] as const);
    const grown = clinicalOf(Array(2000).fill(observed + 100), Array(2000).fill(0));
    const next = await cutFollowUp(ids, grown, { key, shiftDays: 365, observedDays: later });
    expect(next.clinical.survivalTimeDays).toEqual(first.clinical.survivalTimeDays.map((time) => time + 100));
    const other = await cutFollowUp(ids, censored, { key: new Uint8Array(32).fill(9), ...options });
    const same = other.clinical.survivalTimeDays.filter((time, i) => time === first.clinical.survivalTimeDays[i]);
    expect(same.length).toBeLessThan(40);
  });

  it("turns a death in the part cut off into a patient alive at its beginning, and leaves the others' alone", async () => {
    const times = [observed, 100, Number.NaN, observed];
    const four = idsOf(4);
    const known = four.map((id) => [id, observed] as const);
    const cohort = clinicalOf(times, [1, 1, -1, -1]);
    const cut = await cutFollowUp(four, cohort, { key, shiftDays: 365, observedDays: known });
    expect([...cut.clinical.event]).toEqual([0, 1, -1, 0]);
    expect(cut.clinical.survivalTimeDays[1]).toBe(100);
    expect(cut.clinical.survivalTimeDays[2]).toBeNaN();
    expect(cut).toMatchObject({ cut: 2, deathsCut: 1, nothingLeft: 0 });
    expect([...cohort.event]).toEqual([1, 1, -1, -1]);
  });

  it("leaves no survival where the diagnosis falls in the part cut off", async () => {
    const short = ids.map((id) => [id, 10] as const);
    const recent = clinicalOf(Array(2000).fill(5), Array(2000).fill(1));
    const { clinical, nothingLeft } = await cutFollowUp(ids, recent, { key, shiftDays: 365, observedDays: short });
    expect(nothingLeft).toBeGreaterThan(1800);
    const unknown = clinical.survivalTimeDays.map((time, i) => Number(Number.isNaN(time) && clinical.event[i] === -1));
    expect(unknown.reduce((sum, one) => sum + one, 0)).toBe(nothingLeft);
  });

  it("does not bend the hazard: deaths by time at risk stay what they are", async () => {
    // Exponential deaths at 1 in 1,000 days, diagnoses spread over the 3,000 days before the extract's end.
    const draw = (i: number, salt: number) => (Math.abs(Math.sin(i * 12.9898 + salt) * 43_758.5453) % 1) + 1e-12;
    const many = idsOf(20_000);
    const since = many.map((_, i) => Math.floor(3000 * draw(i, 1)));
    const deaths = many.map((_, i) => -1000 * Math.log(draw(i, 2)));
    const times = deaths.map((death, i) => Math.min(death, since[i]!));
    const cohort = clinicalOf(
      times,
      deaths.map((death, i) => Number(death <= since[i]!)),
    );
    const days = many.map((id, i) => [id, since[i]!] as const);
    const { clinical, deathsCut } = await cutFollowUp(many, cohort, { key, shiftDays: 730, observedDays: days });
    const rateOf = ({ survivalTimeDays, event }: ClinicalTable) => {
      const atRisk = survivalTimeDays.reduce((sum, time) => sum + (Number.isNaN(time) ? 0 : time), 0);
      return (1000 * event.filter((code) => code === 1).length) / atRisk;
    };
    expect(deathsCut).toBeGreaterThan(500);
    expect(rateOf(cohort)).toBeCloseTo(1, 1);
    expect(rateOf(clinical)).toBeCloseTo(1, 1);
  });

  it("changes nothing at 0, and refuses what is no number of days or has no dates to go by", async () => {
    expect((await cutFollowUp(ids, censored, { key, shiftDays: 0, observedDays: [] })).clinical).toBe(censored);
    for (const shiftDays of [-1, 1.5, 3651, Number.NaN]) {
      const refused = cutFollowUp(ids, censored, { key, shiftDays, observedDays });
      await expect(refused).rejects.toMatchObject({ code: "deidentification.date-shift" });
    }
    const undated = cutFollowUp(ids, censored, { key, shiftDays: 365, observedDays: [] });
    await expect(undated).rejects.toMatchObject({ code: "deidentification.no-dates" });
  });
});
