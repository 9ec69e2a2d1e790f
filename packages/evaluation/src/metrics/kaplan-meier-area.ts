import type { ClinicalTable } from "@osteon/cohort";
import { estimateKaplanMeier, type KaplanMeierCurve } from "@osteon/survival";
import { computed, missing, type Metric } from "./metric.ts";

/**
 * Area between the two Kaplan–Meier curves up to the shorter of the two longest follow-ups, divided by
 * that time: the mean absolute difference in survival, 0 … 1. Patients without a known time and
 * event are left out.
 */
export const kaplanMeierArea: Metric = {
  name: "kaplan_meier_area",
  title: "survival curves lie together",
  group: "survival",
  unit: "ΔS",
  better: "lower",
  compute: ({ reference, candidate }) => {
    const real = estimateCurve(reference.cohort.clinical);
    const other = estimateCurve(candidate.cohort.clinical);
    if (real === null || other === null) return missing("a side has no patient with known survival");
    const horizon = Math.min(real.timesDays.at(-1)!, other.timesDays.at(-1)!);
    if (!(horizon > 0)) return missing("a side has no follow-up beyond day 0");
    return computed(areaBetween(real, other, horizon) / horizon);
  },
};

function estimateCurve(clinical: ClinicalTable): KaplanMeierCurve | null {
  const rows = Array.from(clinical.event.keys()).filter(
    (row) => clinical.event[row]! >= 0 && clinical.survivalTimeDays[row]! >= 0,
  );
  if (rows.length === 0) return null;
  return estimateKaplanMeier(
    Float64Array.from(rows, (row) => clinical.survivalTimeDays[row]!),
    Int8Array.from(rows, (row) => clinical.event[row]!),
  );
}

function areaBetween(first: KaplanMeierCurve, second: KaplanMeierCurve, horizon: number): number {
  const times = [...new Set([...first.timesDays, ...second.timesDays, horizon])].filter((time) => time <= horizon);
  times.sort((a, b) => a - b);
  let area = 0;
  let previous = 0;
  let i = 0;
  let j = 0;
  for (const time of times) {
    const gap = Math.abs((first.survival[i - 1] ?? 1) - (second.survival[j - 1] ?? 1));
    area += gap * (time - previous);
    previous = time;
    while (i < first.timesDays.length && first.timesDays[i]! <= time) i++;
    while (j < second.timesDays.length && second.timesDays[j]! <= time) j++;
  }
  return area;
}
