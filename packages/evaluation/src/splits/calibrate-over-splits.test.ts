import { describe, expect, it } from "vitest";
import type { Metric, MetricValue } from "../metrics/metric.ts";
import { metricBetter, tenWithoutValue, valuesAround } from "../testing/metric-values.ts";
import { calibrateOverSplits } from "./calibrate-over-splits.ts";

const design = { splits: 10, trainPatients: 70, holdOutPatients: 30 };
const calibrate = (better: Metric["better"], synthetic: MetricValue[], real: MetricValue[], floor: MetricValue[]) =>
  calibrateOverSplits(metricBetter(better), { synthetic, freshReal: real, photocopy: real, floor }, design, 1);

describe("calibrateOverSplits", () => {
  it("puts the floor at 0 and fresh real patients at 1, whatever the direction", () => {
    expect(calibrate("higher", valuesAround(0.3), valuesAround(0.4), valuesAround(0)).result.value).toBeCloseTo(
      0.75,
      10,
    );
    expect(calibrate("lower", valuesAround(0.2), valuesAround(0.1), valuesAround(0.5)).result.value).toBeCloseTo(
      0.75,
      10,
    );
    expect(calibrate(0.5, valuesAround(0.6), valuesAround(0.5), valuesAround(0.9)).result.value).toBeCloseTo(0.75, 2);
  });
  it("lets what a split gives to all files cancel", () => {
    // The hold-outs differ by far more than the files do.
    const hard = (centre: number) => valuesAround(centre, 0.2);
    const { result } = calibrate("higher", hard(0.3), hard(0.4), hard(0));
    expect(result.upper! - result.lower!).toBeLessThan(1e-6);
  });
  it("is not informative where the floor is as good as real patients within the noise", () => {
    const floor = valuesAround(0.35, 0.1).toReversed();
    const { result, lost } = calibrate("higher", valuesAround(0.3), valuesAround(0.4, 0.1), floor);
    expect(result).toMatchObject({ informative: false, value: null });
    expect(lost).toBe(false);
    expect(calibrate("higher", valuesAround(0.3), tenWithoutValue, valuesAround(0)).result.informative).toBe(false);
    expect(calibrate("higher", valuesAround(0.4), valuesAround(0.4, 0), valuesAround(0.4, 0)).result.informative).toBe(
      false,
    );
  });
  it("counts 0 and lost what real patients have and the file has not", () => {
    expect(calibrate("higher", tenWithoutValue, valuesAround(0.4), valuesAround(0))).toMatchObject({
      result: { value: 0 },
      lost: true,
    });
  });
  it("says lost only where the whole interval is nearer to the floor", () => {
    expect(calibrate("higher", valuesAround(0.1), valuesAround(0.4), valuesAround(0)).lost).toBe(true);
    expect(calibrate("higher", valuesAround(0.1, 0.1).toReversed(), valuesAround(0.4, 0.1), valuesAround(0)).lost).toBe(
      false,
    );
  });
  it("accuses only a file that beats real patients as a photocopy does", () => {
    const values = {
      synthetic: valuesAround(0.9),
      freshReal: valuesAround(0.4),
      photocopy: valuesAround(0.95),
      floor: valuesAround(0),
    };
    expect(calibrateOverSplits(metricBetter("higher"), values, design, 20).beyondReal).toBe(true);
    expect(calibrateOverSplits(metricBetter("lower"), values, design, 20).beyondReal).toBe(false);
    expect(
      calibrateOverSplits(metricBetter("higher"), { ...values, photocopy: valuesAround(0.4) }, design, 20).beyondReal,
    ).toBe(false);
  });
});
