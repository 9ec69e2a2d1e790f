import type { Metric, MetricValue } from "../metrics/metric.ts";

/** A biological metric of which only the direction matters. */
export function metricBetter(better: Metric["better"]): Metric {
  return { name: "m", title: "", group: "biology", unit: "", better, compute: () => ({ value: 0 }) };
}

/** Ten values about a centre. */
export function valuesAround(centre: number, spread = 0.001): MetricValue[] {
  return Array.from({ length: 10 }, (_, k) => ({ value: centre + spread * ((k % 5) - 2) }));
}

export const tenWithoutValue = Array.from({ length: 10 }, (): MetricValue => ({ value: null, reason: "no reason" }));
