import { completePatients, selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { averageRanks, normalQuantile } from "@osteon/numerics";

/** Units of log2(TPM+1) that a marker moves by with the square of age's normal score. */
const strength = 1.5;

/**
 * The demonstration cohort with a dependence that no Gaussian copula has: in half of the genes, expression is low in
 * patients of middle age and high in the youngest and the oldest, so that its correlation with age is 0.
 */
export function simulateBend(patients: number, genes: number, seed: number): Cohort {
  const { cohort } = simulateDemonstrationCohort({ patients: Math.ceil(patients * 1.3), genes, seed });
  const complete = selectPatients(
    cohort,
    completePatients(cohort, ["survival", "age", "metastasis", "mutations", "expression"]).slice(0, patients),
  );
  const { expression } = complete;
  const width = expression.genes.length;
  const ranks = averageRanks(complete.clinical.ageYears);
  const bends = [...ranks].map((rank) => normalQuantile((rank - 0.5) / ranks.length) ** 2 - 1);
  const values = expression.values.map((value, at) =>
    at % width < width / 2 ? value + strength * bends[Math.floor(at / width)]! : value,
  );
  const lowest = values.reduce((low, value) => Math.min(low, Number.isNaN(value) ? low : value), 0);
  return { ...complete, expression: { ...expression, values: values.map((value) => value - lowest) } };
}
