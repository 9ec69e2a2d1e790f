import fc from "fast-check";
import { expect, it } from "vitest";
import { LatencyHistogram } from "./latency-histogram.ts";

const durations = fc.array(fc.double({ min: 0.1, max: 3_600_000, noNaN: true }), { minLength: 1, maxLength: 200 });

function histogramOf(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.add(value);
  return histogram;
}

it("gives quantiles to within 5 % of those of the durations themselves", () => {
  fc.assert(
    fc.property(durations, fc.constantFrom(0.01, 0.5, 0.95, 0.99, 1), (values, share) => {
      const sorted = values.toSorted((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
      const given = histogramOf(values).quantile(share);
      expect(given / exact).toBeGreaterThan(1 / 1.05);
      expect(given / exact).toBeLessThan(1.05);
    }),
  );
});

it("adds up: of two halves and of the whole it is the same, also after a file", () => {
  fc.assert(
    fc.property(durations, durations, (first, second) => {
      const sum = histogramOf(first);
      const other = histogramOf(second);
      sum.merge(LatencyHistogram.from(JSON.parse(JSON.stringify(other.toCounts())) as never, other.maximumMs));
      const whole = histogramOf([...first, ...second]);
      expect(sum.toCounts()).toEqual(whole.toCounts());
      expect([sum.total, sum.maximumMs, sum.quantile(0.95)]).toEqual([
        whole.total,
        whole.maximumMs,
        whole.quantile(0.95),
      ]);
    }),
  );
});

it("takes what is no duration of a request: none, and hours", () => {
  const histogram = histogramOf([0, -1, Number.NaN, 1e12]);
  expect(histogram.total).toBe(4);
  expect(histogram.maximumMs).toBe(1e12);
  expect(histogramOf([Number.NaN]).maximumMs).toBe(0);
  expect(new LatencyHistogram().quantile(0.99)).toBe(0);
});
