import type { ClinicalTable } from "@osteon/cohort";
import { estimateKaplanMeier, readSurvivalAt, type KaplanMeierCurve } from "@osteon/survival";
import type { SurvivalCurve, SurvivalFigure } from "../report/evaluation-report.ts";
import { compareSides } from "./compare-sides.ts";
import { takeKnownSurvival } from "./known-survival.ts";
import { smallestCell } from "./smallest-cell.ts";

/** A quarter of a year: coarse enough to show no patient's own time. */
const stepDays = 91;
const strata = { all: null, metastatic: 1, localised: 0 } as const;

/** Kaplan–Meier curves of real and synthetic patients, by metastasis at diagnosis. */
export function compareSurvival(real: ClinicalTable, synthetic: ClinicalTable): readonly SurvivalFigure[] {
  return (["all", "metastatic", "localised"] as const).map((stratum) => ({
    stratum,
    ...compareSides({ real, synthetic }, (clinical, who) => drawCurve(clinical, strata[stratum], who)),
  }));
}

/** A curve as far as the smallest cell is still followed, or why there is none. */
function drawCurve(
  clinical: ClinicalTable,
  metastasis: 0 | 1 | null,
  who: "real" | "synthetic",
): SurvivalCurve | string {
  const { timesDays, events, deaths } = takeKnownSurvival(
    clinical,
    (row) => metastasis === null || clinical.metastasis[row] === metastasis,
  );
  if (timesDays.length < smallestCell) return `fewer than ${smallestCell} ${who} patients`;
  if (deaths === 0) return `none of the ${who} patients died`;
  if (deaths < smallestCell) return `fewer than ${smallestCell} deaths among the ${who} patients`;
  const curve = estimateKaplanMeier(timesDays, events, { bandScale: "log-log" });
  const grid = gridOf(curve);
  const read = (line: "survival" | "lower" | "upper") => Array.from(readSurvivalAt(curve, grid, line));
  return {
    patients: timesDays.length,
    deaths,
    timesDays: grid,
    survival: read("survival"),
    lower: read("lower"),
    upper: read("upper"),
  };
}

function gridOf({ timesDays, atRisk }: KaplanMeierCurve): readonly number[] {
  const followed = timesDays.filter((_, k) => atRisk[k]! >= smallestCell).at(-1) ?? 0;
  return Array.from({ length: Math.floor(followed / stepDays) + 1 }, (_, k) => k * stepDays);
}
