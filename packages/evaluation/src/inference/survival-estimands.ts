import { UNKNOWN } from "@osteon/cohort";
import { estimateKaplanMeier, fitCoxModel } from "@osteon/survival";
import { rowsOfKnownSurvival, takeSurvival } from "../input/known-survival.ts";
import type { Estimand } from "./estimand.ts";

/** Log hazard ratio of metastasis alone (Cox). */
export const metastasisHazard: Estimand = {
  name: "metastasis",
  group: "hazard",
  estimate: ({ clinical }) => {
    const rows = rowsOfKnownSurvival(clinical).filter((row) => clinical.metastasis[row] !== UNKNOWN);
    if (rows.length === 0) return null;
    const { timesDays, events } = takeSurvival(clinical, rows);
    const fit = fitCoxModel(
      timesDays,
      events,
      Float64Array.from(rows, (row) => clinical.metastasis[row]!),
      1,
    );
    if (fit.status !== "converged") return null;
    return { estimate: fit.coefficients[0]!, variance: fit.covariance[0]! };
  },
};

/** Share alive at the given day (Kaplan–Meier with Greenwood's variance); null beyond the follow-up. */
export function survivalAt(days: number): Estimand {
  return {
    name: `alive after ${days} days`,
    group: "survival",
    estimate: ({ clinical }) => {
      const rows = rowsOfKnownSurvival(clinical);
      if (rows.length === 0) return null;
      const { timesDays, events } = takeSurvival(clinical, rows);
      const curve = estimateKaplanMeier(timesDays, events);
      const beyond = curve.timesDays.findIndex((time) => time > days);
      if (beyond < 1) return null;
      const survival = curve.survival[beyond - 1]!;
      const variance = (survival * curve.logStandardError[beyond - 1]!) ** 2;
      return variance > 0 ? { estimate: survival, variance } : null;
    },
  };
}
