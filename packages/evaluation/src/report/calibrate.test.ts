import { describe, expect, it } from "vitest";
import { metricBetter, tenWithoutValue, valuesAround } from "../testing/metric-values.ts";
import { calibrate } from "./calibrate.ts";

describe("calibrate", () => {
  it("puts the floor at 0 and fresh real patients at 1, whatever the direction", () => {
    const higher = {
      synthetic: valuesAround(0.3),
      freshReal: valuesAround(0.4),
      photocopy: valuesAround(0.4),
      floor: valuesAround(0),
    };
    expect(calibrate(metricBetter("higher"), higher).result.value).toBeCloseTo(0.75, 10);
    const lower = {
      synthetic: valuesAround(0.2),
      freshReal: valuesAround(0.1),
      photocopy: valuesAround(0.1),
      floor: valuesAround(0.5),
    };
    expect(calibrate(metricBetter("lower"), lower).result.value).toBeCloseTo(0.75, 10);
    const target = {
      synthetic: valuesAround(0.6),
      freshReal: valuesAround(0.5),
      photocopy: valuesAround(0.5),
      floor: valuesAround(0.9),
    };
    expect(calibrate(metricBetter(0.5), target).result.value).toBeCloseTo(0.75, 2);
  });
  it("has an interval that holds the value", () => {
    const { result } = calibrate(metricBetter("higher"), {
      synthetic: valuesAround(0.3, 0.02),
      freshReal: valuesAround(0.4, 0.01),
      photocopy: valuesAround(0.4),
      floor: valuesAround(0),
    });
    expect(result.lower).toBeLessThan(0.75);
    expect(result.upper).toBeGreaterThan(0.75);
  });
  it("is not informative where floor and real patients differ by noise, or where real ones have no value", () => {
    const noisy = {
      synthetic: valuesAround(0.3),
      freshReal: valuesAround(0.4, 0.1),
      photocopy: valuesAround(0.4),
      floor: valuesAround(0.3, 0.1),
    };
    expect(calibrate(metricBetter("higher"), noisy).result).toMatchObject({ informative: false, value: null });
    expect(calibrate(metricBetter("higher"), { ...noisy, freshReal: tenWithoutValue }).result.informative).toBe(false);
  });
  it("counts 0 what real patients have and the synthetic file has not", () => {
    const repeated = {
      synthetic: tenWithoutValue,
      freshReal: valuesAround(0.4),
      photocopy: valuesAround(0.4),
      floor: valuesAround(0),
    };
    expect(calibrate(metricBetter("higher"), repeated).result).toMatchObject({ informative: true, value: 0 });
  });
  it("says on which side of real patients a file lies, and whether a photocopy is with it", () => {
    const repeated = {
      synthetic: valuesAround(0.9),
      freshReal: valuesAround(0.4),
      photocopy: valuesAround(0.95),
      floor: valuesAround(0),
    };
    expect(calibrate(metricBetter("higher"), repeated)).toMatchObject({ againstReal: "better", photocopyBetter: true });
    expect(calibrate(metricBetter("lower"), repeated)).toMatchObject({ againstReal: "worse", photocopyBetter: false });
  });
});
