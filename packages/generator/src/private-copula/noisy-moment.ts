import type { Cohort } from "@osteon/cohort";
import { multiplyMatrices, transposeMatrix, truncatedNormalMean } from "@osteon/numerics";
import { latentBoundsOf } from "../factor-copula/latent-bounds.ts";
import { quantileTableLatent, tableWidth } from "../factor-copula/quantile-table.ts";
import type { DiscreteGaussian } from "./discrete-gaussian.ts";
import type { PrivacyPlan } from "./privacy-plan.ts";
import type { PrivateMarginals } from "./private-marginals.ts";

/** Steps in a unit of a score: sums of products are then whole numbers, as the exact noise needs. */
const stepsPerUnit = 1024;

/**
 * Σ x xᵀ over patients with noise, variables × variables, symmetric, row-major. x are the patient's expected
 * latents over their standard deviation, 0 where unknown, shortened to the plan's norm.
 */
export function releaseMoment(
  cohort: Cohort,
  fitted: PrivateMarginals,
  { clipNorm, moment }: Pick<PrivacyPlan, "clipNorm" | "moment">,
  noise: DiscreteGaussian,
): Float64Array {
  const patients = cohort.patientIds.length;
  const variables = fitted.scoreVariances.length;
  const steps = clippedSteps(scoresOf(cohort, fitted), variables, clipNorm);
  const sums = multiplyMatrices(transposeMatrix(steps, patients, variables), steps, variables, patients, variables);
  const variance = (moment.noiseDeviation * stepsPerUnit ** 2) ** 2;
  // An entry off the diagonal counts twice in the norm that bounds a patient's share, so it needs half.
  const [onDiagonal, offDiagonal] = [BigInt(Math.ceil(variance)), BigInt(Math.ceil(variance / 2))];
  const released = new Float64Array(variables * variables);
  for (let a = 0; a < variables; a++) {
    for (let b = 0; b <= a; b++) {
      const noisy = BigInt(sums[a * variables + b]!) + noise.draw(a === b ? onDiagonal : offDiagonal);
      const value = Number(noisy) / stepsPerUnit ** 2;
      released[a * variables + b] = value;
      released[b * variables + a] = value;
    }
  }
  return released;
}

/** Scores of all patients, patients × variables. */
function scoresOf(cohort: Cohort, { marginals, geneTables, scoreVariances }: PrivateMarginals): Float64Array {
  const { anchors, lower, upper } = latentBoundsOf(cohort, marginals);
  const { values } = cohort.expression;
  const variables = scoreVariances.length;
  const genes = variables - anchors;
  const width = tableWidth(marginals.grid);
  const deviations = scoreVariances.map(Math.sqrt);
  const latentOf = (row: number, variable: number): number => {
    if (variable < anchors) {
      const at = row * anchors + variable;
      return truncatedNormalMean(lower[at]!, upper[at]!);
    }
    const gene = variable - anchors;
    const value = values[row * genes + gene]!;
    return Number.isNaN(value) ? 0 : quantileTableLatent(geneTables, gene * width, marginals.grid, value);
  };
  return Float64Array.from({ length: cohort.patientIds.length * variables }, (_, at) => {
    const variable = at % variables;
    const score = latentOf(Math.floor(at / variables), variable) / deviations[variable]!;
    return Number.isFinite(score) ? score : 0;
  });
}

/** Scores in whole steps, each patient's norm at most `clipNorm` units. */
export function clippedSteps(scores: Float64Array, variables: number, clipNorm: number): Float64Array {
  const steps = scores.slice();
  // Under 1 by more than rounding can add.
  const limit = clipNorm * (1 - 1e-12);
  for (let from = 0; from < steps.length; from += variables) {
    const row = steps.subarray(from, from + variables);
    const norm = Math.sqrt(row.reduce((sum, score) => sum + score * score, 0));
    const scale = stepsPerUnit * Math.min(1, limit / norm);
    row.forEach((score, k) => {
      // Towards 0, so that nothing grows; + 0 as −0 is no whole number of its own.
      row[k] = Math.trunc(score * scale) + 0;
    });
  }
  return steps;
}
