import type { ClinicalTable } from "@osteon/cohort";
import { fitCoxModel, type CoxFailure } from "@osteon/survival";
import type { HazardRatioFigure } from "../report/evaluation-report.ts";
import { compareSides } from "./compare-sides.ts";
import { takeKnownSurvival } from "./known-survival.ts";
import { smallestCell } from "./smallest-cell.ts";

const covariates = {
  metastasis: (clinical: ClinicalTable, row: number) =>
    clinical.metastasis[row]! < 0 ? Number.NaN : clinical.metastasis[row]!,
  "age, by 10 years": (clinical: ClinicalTable, row: number) => clinical.ageYears[row]! / 10,
} as const;

/** Hazard ratios by Cox's model, each covariate alone. */
export function compareHazardRatios(real: ClinicalTable, synthetic: ClinicalTable): readonly HazardRatioFigure[] {
  return (["metastasis", "age, by 10 years"] as const).map((covariate) => ({
    covariate,
    ...compareSides({ real, synthetic }, (clinical, who) => estimateRatio(clinical, covariate, who)),
  }));
}

function estimateRatio(
  clinical: ClinicalTable,
  covariate: keyof typeof covariates,
  who: "real" | "synthetic",
): NonNullable<HazardRatioFigure["real"]> | string {
  const valueOf = (row: number) => covariates[covariate](clinical, row);
  const { timesDays, events, rows, deaths } = takeKnownSurvival(clinical, (row) => !Number.isNaN(valueOf(row)));
  if (deaths < smallestCell) return `fewer than ${smallestCell} deaths among the ${who} patients`;
  if (covariate === "metastasis") {
    const metastatic = rows.filter((row) => clinical.metastasis[row] === 1).length;
    if (Math.min(metastatic, rows.length - metastatic) < smallestCell) {
      return `fewer than ${smallestCell} ${who} patients with or without metastasis`;
    }
  }
  const fit = fitCoxModel(timesDays, events, Float64Array.from(rows, valueOf), 1);
  if (fit.status !== "converged") return `${failures[fit.status]} among the ${who} patients`;
  const ratio = { value: fit.hazardRatios[0]!, lower: fit.lower[0]!, upper: fit.upper[0]! };
  return Object.values(ratio).every(Number.isFinite)
    ? ratio
    : `${failures["monotone-likelihood"]} among the ${who} patients`;
}

const failures: Readonly<Record<CoxFailure["status"], string>> = {
  "no-events": "nobody died",
  "constant-covariate": "the covariate does not vary",
  collinear: "the covariate does not vary where somebody died",
  "monotone-likelihood": "the covariate orders the deaths, so that no ratio can be estimated",
  "not-converged": "no ratio can be estimated",
};
