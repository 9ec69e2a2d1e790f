import { describe, expect, it } from "vitest";
import type { Metric, MetricValue } from "../metrics/metric.ts";
import { calibrate } from "./calibrate.ts";

const metric = (better: Metric["better"]): Metric => ({
  name: "m",
  title: "",
  group: "biology",
  unit: "",
  better,
  compute: () => ({ value: 0 }),
});
/** Ten repeats about a centre. */
const around = (centre: number, spread = 0.001): MetricValue[] =>
  Array.from({ length: 10 }, (_, r) => ({ value: centre + spread * ((r % 5) - 2) }));
const noValue = Array.from({ length: 10 }, (): MetricValue => ({ value: null, reason: "no reason" }));

describe("calibrate", () => {
  it("puts the floor at 0 and fresh real patients at 1, whatever the direction", () => {
    const higher = { synthetic: around(0.3), freshReal: around(0.4), photocopy: around(0.4), floor: around(0) };
    expect(calibrate(metric("higher"), higher).result.value).toBeCloseTo(0.75, 10);
    const lower = { synthetic: around(0.2), freshReal: around(0.1), photocopy: around(0.1), floor: around(0.5) };
    expect(calibrate(metric("lower"), lower).result.value).toBeCloseTo(0.75, 10);
    const target = { synthetic: around(0.6), freshReal: around(0.5), photocopy: around(0.5), floor: around(0.9) };
    expect(calibrate(metric(0.5), target).result.value).toBeCloseTo(0.75, 2);
  });
  it("has an interval that holds the value", () => {
    const { result } = calibrate(metric("higher"), {
      synthetic: around(0.3, 0.02),
      freshReal: around(0.4, 0.01),
      photocopy: around(0.4),
      floor: around(0),
    });
    expect(result.lower).toBeLessThan(0.75);
    expect(result.upper).toBeGreaterThan(0.75);
  });
  it("is not informative where floor and real patients differ by noise, or where real ones have no value", () => {
    const noisy = {
      synthetic: around(0.3),
      freshReal: around(0.4, 0.1),
      photocopy: around(0.4),
      floor: around(0.3, 0.1),
    };
    expect(calibrate(metric("higher"), noisy).result).toMatchObject({ informative: false, value: null });
    expect(calibrate(metric("higher"), { ...noisy, freshReal: noValue }).result.informative).toBe(false);
  });
  it("counts 0 what real patients have and the synthetic file has not", () => {
    const repeated = { synthetic: noValue, freshReal: around(0.4), photocopy: around(0.4), floor: around(0) };
    expect(calibrate(metric("higher"), repeated).result).toMatchObject({ informative: true, value: 0 });
  });
  it("says on which side of real patients a file lies, and whether a photocopy is with it", () => {
    const repeated = { synthetic: around(0.9), freshReal: around(0.4), photocopy: around(0.95), floor: around(0) };
    expect(calibrate(metric("higher"), repeated)).toMatchObject({ againstReal: "better", photocopyBetter: true });
    expect(calibrate(metric("lower"), repeated)).toMatchObject({ againstReal: "worse", photocopyBetter: false });
  });
});
