import type { Cohort } from "@osteon/cohort";
import { cisAnchorsOf } from "../factor-copula/cis-anchors.ts";
import { anchorCount } from "../factor-copula/latent-bounds.ts";
import type { ClinicalVariable } from "../factor-copula/marginals.ts";
import { FactorCopulaModel } from "../factor-copula/model.ts";
import { packExpression } from "../factor-copula/pack-expression.ts";
import { DiscreteGaussian } from "./discrete-gaussian.ts";
import { releaseMoment } from "./noisy-moment.ts";
import { cellVariablesOf, countPatients } from "./patient-cells.ts";
import { correlationOfMoment } from "./private-correlation.ts";
import { loadingsOfCorrelation } from "./private-loadings.ts";
import { buildMarginals, type PublicNames } from "./private-marginals.ts";
import type { PrivacyPlan } from "./privacy-plan.ts";
import { RandomIntegers, type RandomBytes } from "./random-bytes.ts";

/**
 * Makes the plan's two releases and a model of them. The patients are looked at twice, and each time only the
 * sums with their noise come out; all else is made of these.
 */
export function fitWithNoise(
  cohort: Cohort,
  clinical: readonly ClinicalVariable[],
  plan: PrivacyPlan,
  randomBytes: RandomBytes,
): FactorCopulaModel {
  const patients = cohort.patientIds.length;
  const noise = new DiscreteGaussian(new RandomIntegers(randomBytes));
  const cellVariance = BigInt(Math.round(plan.cells.noiseDeviation ** 2));
  const counts = countPatients(cellVariablesOf(cohort, clinical), patients).map((cells) =>
    Float64Array.from(cells, (count) => count + Number(noise.draw(cellVariance))),
  );
  const names: PublicNames = {
    clinical,
    mutationGenes: cohort.mutations.genes,
    copyNumberGenes: cohort.copyNumber.genes,
    genes: cohort.expression.genes,
    unit: cohort.expression.unit,
  };
  const fitted = buildMarginals(names, counts, patients, plan.cells.noiseDeviation);
  const moment = releaseMoment(cohort, fitted, plan, noise);

  const { marginals, scoreVariances, knownShares, geneTables } = fitted;
  const anchors = anchorCount(marginals);
  const whole = correlationOfMoment(moment, {
    scoreVariances,
    knownShares,
    clinical: clinical.length,
    anchors,
    cisAnchors: cisAnchorsOf(marginals, cohort.expression.genes),
    patients,
    noiseDeviation: plan.correlationNoise * patients,
  });
  const size = scoreVariances.length;
  const loadings = loadingsOfCorrelation(whole, anchors, patients, plan.correlationNoise);
  return new FactorCopulaModel({
    marginals,
    correlation: whole.filter((_, k) => k % size < anchors && k < anchors * size),
    expression: packExpression(cohort.expression, { tables: geneTables, grid: marginals.grid }, loadings, anchors),
  });
}
