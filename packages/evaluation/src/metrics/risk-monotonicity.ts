import { estimateKaplanMeier } from "@osteon/survival";
import { rowsOfKnownSurvival, takeSurvival } from "../input/known-survival.ts";
import { integrateSurvival } from "./integrate-survival.ts";
import { computed, missing, type Metric } from "./metric.ts";

const minimumPatients = 9;

/**
 * Is survival monotone in what the record says? The held-out patients' ridge Cox model of metastasis, age and pathways
 * orders the candidate's patients by risk; between the thirds of that order, the smaller of the two falls in
 * restricted mean survival, as a share of the horizon. Above 0: each third lives longer than the next.
 */
export const riskMonotonicity: Metric = {
  name: "condition_risk_monotonicity",
  title: "worse profiles live shorter",
  group: "condition",
  unit: "share of time",
  better: "higher",
  compute: ({ reference, candidate }) => {
    const model = reference.clinicalRisk;
    if (model === null) return missing("none of the real patients died, or no covariate varies among them");
    const { clinical } = candidate.cohort;
    const rows = model.usableRows(candidate, rowsOfKnownSurvival(clinical));
    if (rows.length < minimumPatients)
      return missing(`fewer than ${minimumPatients} patients have known survival and covariates`);
    const risks = model.predict(candidate, rows);
    const order = Array.from(rows.keys()).sort((a, b) => risks[a]! - risks[b]! || a - b);
    const third = (k: number) => Math.round((k * order.length) / 3);
    const curves = [0, 1, 2].map((k) => {
      const { timesDays, events } = takeSurvival(
        clinical,
        order.slice(third(k), third(k + 1)).map((place) => rows[place]!),
      );
      return estimateKaplanMeier(timesDays, events);
    });
    const horizon = Math.min(...curves.map((curve) => curve.timesDays.at(-1)!));
    if (!(horizon > 0)) return missing("a third of the patients has no follow-up beyond day 0");
    const [low, middle, high] = curves.map((curve) => integrateSurvival(curve, horizon) / horizon);
    return computed(Math.min(low! - middle!, middle! - high!));
  },
};
