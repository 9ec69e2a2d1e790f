import type { ClinicalTable } from "@osteon/cohort";
import { estimateKaplanMeier, type KaplanMeierCurve } from "@osteon/survival";
import { rowsOfKnownSurvival, takeSurvival } from "../input/known-survival.ts";
import { computed, missing, type Metric } from "./metric.ts";

/** Whom a curve is of; a stratum has the code of its metastasis at diagnosis. */
interface Stratum extends Pick<Metric, "name" | "title"> {
  readonly metastasis?: 0 | 1;
}

/**
 * Area between the two Kaplan–Meier curves up to the shorter of the two longest follow-ups, divided by
 * that time: the mean absolute difference in survival, 0 … 1. Patients without a known time and
 * event are left out.
 */
function kaplanMeierAreaOf({ metastasis, ...description }: Stratum): Metric {
  const whom = metastasis === undefined ? "patient" : metastasis === 1 ? "metastatic patient" : "localised patient";
  return {
    ...description,
    group: "survival",
    unit: "ΔS",
    better: "lower",
    compute: ({ reference, candidate }) => {
      const real = estimateCurve(reference.cohort.clinical, metastasis);
      const other = estimateCurve(candidate.cohort.clinical, metastasis);
      if (real === null || other === null) return missing(`a side has no ${whom} with known survival`);
      const horizon = Math.min(real.timesDays.at(-1)!, other.timesDays.at(-1)!);
      if (!(horizon > 0)) return missing(`a side has no ${whom} with follow-up beyond day 0`);
      return computed(areaBetween(real, other, horizon) / horizon);
    },
  };
}

export const kaplanMeierArea = kaplanMeierAreaOf({
  name: "kaplan_meier_area",
  title: "survival curves lie together",
});

export const kaplanMeierAreasByStratum: readonly Metric[] = [
  kaplanMeierAreaOf({
    name: "kaplan_meier_area_metastatic",
    title: "survival of the metastatic",
    metastasis: 1,
  }),
  kaplanMeierAreaOf({
    name: "kaplan_meier_area_localised",
    title: "survival of the localised",
    metastasis: 0,
  }),
];

function estimateCurve(clinical: ClinicalTable, metastasis: 0 | 1 | undefined): KaplanMeierCurve | null {
  const rows = rowsOfKnownSurvival(clinical).filter(
    (row) => metastasis === undefined || clinical.metastasis[row] === metastasis,
  );
  if (rows.length === 0) return null;
  const { timesDays, events } = takeSurvival(clinical, rows);
  return estimateKaplanMeier(timesDays, events);
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
