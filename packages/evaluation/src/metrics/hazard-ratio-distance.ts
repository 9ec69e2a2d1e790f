import { UNKNOWN } from "@osteon/cohort";
import { fitCoxModel, type CoxFit } from "@osteon/survival";
import type { EvaluationInput } from "../input/evaluation-input.ts";
import { rowsOfKnownSurvival, takeSurvival } from "../input/known-survival.ts";
import { computed, missing, type Metric } from "./metric.ts";

const covariates = ["metastasis", "age"] as const;

/**
 * Distance of a log hazard ratio from the held-out patients', in standard errors of the difference:
 * |β_c − β_r| / √(se_c² + se_r²). Both from one Cox model of metastasis and age in each file.
 */
function hazardRatioDistance(covariate: (typeof covariates)[number], title: string): Metric {
  return {
    name: `${covariate}_hazard_ratio_distance`,
    title,
    group: "survival",
    unit: "standard errors",
    better: "lower",
    compute: ({ reference, candidate }) => {
      const real = fitHazards(reference);
      const other = fitHazards(candidate);
      for (const [side, fit] of [
        ["real", real],
        ["candidate's", other],
      ] as const) {
        if (fit === null) return missing(`none of the ${side} patients has known survival, metastasis and age`);
        if (fit.status !== "converged")
          return missing(`the ${side} patients have no hazard ratio: ${explain[fit.status]}`);
      }
      if (real?.status !== "converged" || other?.status !== "converged") return missing("no Cox model was fitted");
      const k = covariates.indexOf(covariate);
      const error = Math.hypot(real.standardErrors[k]!, other.standardErrors[k]!);
      return computed(Math.abs(other.coefficients[k]! - real.coefficients[k]!) / error);
    },
  };
}

const explain = {
  "no-events": "nobody died",
  "constant-covariate": "all have the same metastasis or age",
  collinear: "metastasis and age say the same",
  "monotone-likelihood": "metastasis or age separates the deaths",
  "not-converged": "the likelihood has no maximum",
} as const;

function fitHazards({ cohort: { clinical } }: EvaluationInput): CoxFit | null {
  const rows = rowsOfKnownSurvival(clinical).filter(
    (row) => clinical.metastasis[row] !== UNKNOWN && !Number.isNaN(clinical.ageYears[row]!),
  );
  if (rows.length === 0) return null;
  const { timesDays, events } = takeSurvival(clinical, rows);
  const table = Float64Array.from(rows.flatMap((row) => [clinical.metastasis[row]!, clinical.ageYears[row]!]));
  return fitCoxModel(timesDays, events, table, covariates.length);
}

export const hazardRatioDistances: readonly Metric[] = [
  hazardRatioDistance("metastasis", "metastasis kills as it does"),
  hazardRatioDistance("age", "age weighs as it does"),
];
