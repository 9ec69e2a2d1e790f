import type { Cohort } from "@osteon/cohort";
import { joinCohorts } from "./join-cohorts.ts";
import { EvaluationInput } from "../input/evaluation-input.ts";
import type { EvaluationFigures } from "../report/evaluation-report.ts";
import { compareAlterations } from "./alteration-figure.ts";
import { compareHazardRatios } from "./hazard-ratio-figure.ts";
import { comparePathwayCorrelations } from "./correlation-figure.ts";
import { compareOncoprints } from "./oncoprint-figure.ts";
import { comparePathwayScores } from "./pathway-figure.ts";
import { compareProjections } from "./projection-figure.ts";
import { compareSurvival } from "./survival-figure.ts";
import type { EvaluationPanel } from "../input/evaluation-panel.ts";

/**
 * What figures are drawn from: all real patients of a split, held out or not, beside the synthetic file that was made
 * from its training part. To look at, not to judge by: no score rests on them.
 */
export function describeFigures(
  { train, holdOut, panel }: { readonly train: Cohort; readonly holdOut: Cohort; readonly panel: EvaluationPanel },
  synthetic: EvaluationInput,
): EvaluationFigures {
  const real = new EvaluationInput(joinCohorts(train, holdOut), panel);
  return {
    survival: compareSurvival(real.cohort.clinical, synthetic.cohort.clinical),
    alterations: compareAlterations(real.cohort, synthetic.cohort),
    oncoprint: compareOncoprints(real.cohort, synthetic.cohort),
    pathwayCorrelations: comparePathwayCorrelations(real, synthetic),
    pathwayScores: comparePathwayScores(real, synthetic),
    projection: compareProjections(real, synthetic),
    hazardRatios: compareHazardRatios(real.cohort.clinical, synthetic.cohort.clinical),
  };
}

/** Figures of a family that gave no file. */
export function emptyFigures(reason: string): EvaluationFigures {
  return {
    survival: (["all", "metastatic", "localised"] as const).map((stratum) => ({
      stratum,
      real: null,
      synthetic: null,
      reason,
    })),
    alterations: [],
    oncoprint: { rows: [], groups: [] },
    pathwayCorrelations: { names: [], real: [], synthetic: [] },
    pathwayScores: [],
    projection: { bins: 0, range: { x: [0, 0], y: [0, 0] }, explained: [0, 0], real: [], synthetic: [] },
    hazardRatios: (["metastasis", "age, by 10 years"] as const).map((covariate) => ({
      covariate,
      real: null,
      synthetic: null,
      reason,
    })),
  };
}
