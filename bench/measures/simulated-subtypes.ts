import { RandomStream, streamId } from "@osteon/numerics";
import { simulateDemonstrationCohort, completePatients, selectPatients, type Cohort } from "@osteon/cohort";

/** Shift of a marker gene between subtypes, in its own standard deviations. */
const shift = 3;
/** Every how many-th gene is a marker. */
const markerEvery = 3;

/**
 * The demonstration cohort with a dependence that no Gaussian copula has: two hidden subtypes of equal size, in which
 * a third of the genes are all high or all low, and a gene's marker sign is the product of its group and the subtype's
 * — so that pairs of groups are uncorrelated in half of the pairs, and yet never in the middle together.
 */
export function simulateSubtypes(patients: number, genes: number, seed: number): Cohort {
  const { cohort } = simulateDemonstrationCohort({ patients: Math.ceil(patients * 1.3), genes, seed });
  const complete = selectPatients(
    cohort,
    completePatients(cohort, ["survival", "age", "metastasis", "mutations", "expression"]).slice(0, patients),
  );
  const { expression } = complete;
  const width = expression.genes.length;
  const values = expression.values.slice();
  complete.patientIds.forEach((_, i) => {
    const random = new RandomStream(seed, streamId("benchmark/subtypes"), i);
    // Two independent coins: four corners, none correlated with another in the large, and nobody between them.
    const coins = [random.nextUniform() < 0.5 ? -1 : 1, random.nextUniform() < 0.5 ? -1 : 1];
    for (let j = 0; j < width; j += markerEvery) values[i * width + j]! += shift * coins[(j / markerEvery) % 2]!;
  });
  const lowest = values.reduce((low, value) => Math.min(low, Number.isNaN(value) ? low : value), 0);
  return { ...complete, expression: { ...expression, values: values.map((value) => value - lowest) } };
}
