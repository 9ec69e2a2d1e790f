import { describe, expect, it } from "vitest";
import type { Metric, MetricValue } from "../metrics/metric.ts";
import { calibrateOverSplits } from "./calibrate-over-splits.ts";

const metric = (better: Metric["better"]): Metric => ({
  name: "m",
  title: "",
  group: "biology",
  unit: "",
  better,
  compute: () => ({ value: 0 }),
});
const design = { splits: 10, trainPatients: 70, holdOutPatients: 30 };
const around = (centre: number, spread = 0.001): MetricValue[] =>
  Array.from({ length: 10 }, (_, split) => ({ value: centre + spread * ((split % 5) - 2) }));
const noValue = Array.from({ length: 10 }, (): MetricValue => ({ value: null, reason: "no reason" }));
const calibrate = (better: Metric["better"], synthetic: MetricValue[], real: MetricValue[], floor: MetricValue[]) =>
  calibrateOverSplits(metric(better), { synthetic, freshReal: real, photocopy: real, floor }, design, 1);

describe("calibrateOverSplits", () => {
  it("puts the floor at 0 and fresh real patients at 1, whatever the direction", () => {
    expect(calibrate("higher", around(0.3), around(0.4), around(0)).result.value).toBeCloseTo(0.75, 10);
    expect(calibrate("lower", around(0.2), around(0.1), around(0.5)).result.value).toBeCloseTo(0.75, 10);
    expect(calibrate(0.5, around(0.6), around(0.5), around(0.9)).result.value).toBeCloseTo(0.75, 2);
  });
  it("lets what a split gives to all files cancel", () => {
    // The hold-outs differ by far more than the files do.
    const hard = (centre: number) => around(centre, 0.2);
    const { result } = calibrate("higher", hard(0.3), hard(0.4), hard(0));
    expect(result.upper! - result.lower!).toBeLessThan(1e-6);
  });
  it("is not informative where the floor is as good as real patients within the noise", () => {
    const floor = around(0.35, 0.1).toReversed();
    const { result, lost } = calibrate("higher", around(0.3), around(0.4, 0.1), floor);
    expect(result).toMatchObject({ informative: false, value: null });
    expect(lost).toBe(false);
    expect(calibrate("higher", around(0.3), noValue, around(0)).result.informative).toBe(false);
    expect(calibrate("higher", around(0.4), around(0.4, 0), around(0.4, 0)).result.informative).toBe(false);
  });
  it("counts 0 and lost what real patients have and the file has not", () => {
    expect(calibrate("higher", noValue, around(0.4), around(0))).toMatchObject({ result: { value: 0 }, lost: true });
  });
  it("says lost only where the whole interval is nearer to the floor", () => {
    expect(calibrate("higher", around(0.1), around(0.4), around(0)).lost).toBe(true);
    expect(calibrate("higher", around(0.1, 0.1).toReversed(), around(0.4, 0.1), around(0)).lost).toBe(false);
  });
  it("accuses only a file that beats real patients as a photocopy does", () => {
    const values = { synthetic: around(0.9), freshReal: around(0.4), photocopy: around(0.95), floor: around(0) };
    expect(calibrateOverSplits(metric("higher"), values, design, 20).beyondReal).toBe(true);
    expect(calibrateOverSplits(metric("lower"), values, design, 20).beyondReal).toBe(false);
    expect(calibrateOverSplits(metric("higher"), { ...values, photocopy: around(0.4) }, design, 20).beyondReal).toBe(
      false,
    );
  });
});
