import type { Cohort } from "@osteon/cohort";
import { invertPositiveDefinite, RandomStream, streamId } from "@osteon/numerics";
import { fitExpressionMarginals, latentsOfExpression } from "../factor-copula/expression-marginals.ts";
import { startingLatents, sweepPatient } from "../factor-copula/gibbs-sweep.ts";
import { latentBoundsOf } from "../factor-copula/latent-bounds.ts";
import { fitMarginals } from "../factor-copula/marginals.ts";
import type { FactorCopulaParameters } from "../factor-copula/parameters.ts";
import { FactorPosteriors } from "./factor-posterior.ts";
import type { LatentSpace } from "./latent-space.ts";
import { toNetworkConditions } from "./network-conditions.ts";
import type { LatentTrainingSet } from "./latent-training-set.ts";

export interface DrawOptions {
  readonly seed: number;
  /** Draws of each patient. */
  readonly draws: number;
  readonly signal?: AbortSignal | undefined;
}

const stream = streamId("latent/training-draws");
// Of a chain that starts at the intervals' means: it forgets them within a few sweeps.
const burnInSweeps = 30;
const sweepsBetweenDraws = 3;

/**
 * Draws the latents of a cohort's patients given their data, under a fitted copula's dependence. The marginals are the
 * cohort's own: another cancer is put on its own normal scores, so that only the dependence is compared. Its genes
 * are to be those of the fit, in the same order; unknown where it has none.
 */
export function drawTrainingSet(
  cohort: Cohort,
  { marginals: { clinical }, correlation, expression }: FactorCopulaParameters,
  space: LatentSpace,
  { seed, draws, signal }: DrawOptions,
): LatentTrainingSet {
  const own = fitMarginals(cohort);
  const bounds = latentBoundsOf(cohort, own, clinical);
  const patients = cohort.patientIds.length;
  const { anchors } = bounds;
  const genes = expression.genes.length;
  const geneLatents = latentsOfExpression(cohort.expression, fitExpressionMarginals(cohort.expression, own.grid));
  const precision = invertPositiveDefinite(correlation, anchors);
  if (!precision) throw new RangeError("the anchor correlation is not positive definite");
  const posteriors = new FactorPosteriors(expression, anchors);
  const latents = startingLatents(bounds);
  const dimensions = space.genomic + space.factors;
  const set = {
    patients,
    dimensions,
    conditionCount: space.clinical,
    draws,
    latents: new Float32Array(draws * patients * dimensions),
    conditions: new Float32Array(draws * patients * space.clinical),
  };

  for (let i = 0; i < patients; i++) {
    signal?.throwIfAborted();
    const random = new RandomStream(seed, stream, i);
    const posterior = posteriors.of(geneLatents.subarray(i * genes, (i + 1) * genes));
    const raw = latents.subarray(i * anchors, (i + 1) * anchors);
    for (let sweep = 0; sweep < burnInSweeps; sweep++) sweepPatient(bounds, latents, precision, i, random);
    for (let draw = 0; draw < draws; draw++) {
      for (let sweep = 0; sweep < sweepsBetweenDraws; sweep++) sweepPatient(bounds, latents, precision, i, random);
      const row = draw * patients + i;
      set.conditions.set(toNetworkConditions(raw.subarray(0, space.clinical)), row * space.clinical);
      const out = set.latents.subarray(row * dimensions, (row + 1) * dimensions);
      for (let k = 0; k < space.genomic; k++) {
        let value = 0;
        for (let l = 0; l < space.genomic; l++) value += space.turn[k * space.genomic + l]! * raw[space.clinical + l]!;
        out[k] = value;
      }
      const normals = Float64Array.from({ length: space.factors }, () => random.nextNormal());
      for (let k = 0; k < space.factors; k++) {
        let value = posterior.base[k]!;
        for (let a = 0; a < anchors; a++) value += posterior.anchorEffects[k * anchors + a]! * raw[a]!;
        for (let l = 0; l <= k; l++) value += posterior.deviation[k * space.factors + l]! * normals[l]!;
        out[space.genomic + k] = value;
      }
    }
  }
  return set;
}
