import { computeConcordance } from "@osteon/survival";
import type { EvaluationInput } from "../input/evaluation-input.ts";
import { rowsOfKnownSurvival, takeSurvival } from "../input/known-survival.ts";
import type { RiskModel } from "../models/risk-model.ts";
import { computed, missing, type Metric, type MetricValue } from "./metric.ts";

/**
 * Utility: trained on the candidate file, tested on real patients (TSTR; Esteban, Hyland and Rätsch 2017). Harrell's C
 * among the held-out patients of a ridge Cox model of metastasis, age and pathway scores; ½ is chance. Fresh
 * real patients in the candidate's place give "trained on real, tested on real".
 */
export const survivalUtility: Metric = {
  name: "survival_utility",
  title: "a model of them predicts deaths",
  group: "survival",
  unit: "C-index",
  better: "higher",
  compute: ({ reference, candidate }) => {
    const model = candidate.clinicalRisk;
    return model === null
      ? missing("nobody dies in the candidate file, or no covariate varies there")
      : measureConcordance(model, reference);
  },
};

/** Harrell's C of a model's risks among the patients of a file. */
export function measureConcordance(model: RiskModel, input: EvaluationInput): MetricValue {
  const { clinical } = input.cohort;
  const rows = model.usableRows(input, rowsOfKnownSurvival(clinical));
  if (rows.length === 0) return missing("no patient has both known survival and covariates");
  const { timesDays, events } = takeSurvival(clinical, rows);
  const { concordanceIndex } = computeConcordance(timesDays, events, model.predict(input, rows));
  return concordanceIndex === undefined
    ? missing("no death has a patient beside it who is known to have lived longer")
    : computed(concordanceIndex);
}
