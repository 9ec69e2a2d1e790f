import { identityMatrix, invertPositiveDefinite, RandomStream, streamId } from "@osteon/numerics";
import { shrunkCorrelation, withLeadingBlock } from "./correlation-matrices.ts";
import { startingLatents, sweepPatient } from "./gibbs-sweep.ts";
import type { LatentBounds } from "./latent-bounds.ts";

/** Options of {@link fitAnchorCorrelation}. */
export interface AnchorOptions {
  readonly seed: number;
  /** How many of the first anchors are clinical. */
  readonly clinicalCount: number;
  /** Shrinkage of a correlation between two clinical variables, in uncorrelated patients added. */
  readonly clinicalShrinkage: number;
  /** The same for every pair with a gene. */
  readonly genomicShrinkage: number;
  readonly signal?: AbortSignal;
}

/** The latent correlation of the anchors, and what is expected of each patient's latents under it. */
export interface AnchorFit {
  /** anchors × anchors, row-major, unit diagonal, positive definite. */
  readonly correlation: Float64Array;
  /** E[latent | the patient's data], patients × anchors, row-major. */
  readonly expected: Float64Array;
  /** Σ over patients of E[latent latentᵀ | data], anchors × anchors: additive over patients. */
  readonly secondMoment: Float64Array;
}

const stream = streamId("factor-copula/anchors");
const clinicalStream = streamId("factor-copula/clinical-anchors");
const finalSweeps = 100;
/** Draws of patients that the clinical correlations are averaged over: few coordinates, and all conditions hang on them. */
const clinicalDraws = 200_000;

/**
 * Correlation of latent normals that are seen as points, intervals or not at all: stochastic
 * approximation EM, the E-step by Gibbs sweeps over the truncated coordinates, the M-step the
 * correlation of the second moment, shrunk.
 *
 * The clinical variables are fitted on their own first, and kept: with more anchors than the patients can
 * carry, the likelihood of all at once pulls the correlation of survival and metastasis, which the patients
 * do determine, outwards and to and fro with the seed.
 * Source: Hoff 2007 (semiparametric copula by Gibbs); Delyon, Lavielle & Moulines 1999 (SAEM).
 */
export function fitAnchorCorrelation(bounds: LatentBounds, options: AnchorOptions): AnchorFit {
  const { patients, anchors } = bounds;
  const { seed, clinicalCount, clinicalShrinkage, genomicShrinkage, signal } = options;
  const streamsOf = (purpose: number) => Array.from({ length: patients }, (_, i) => new RandomStream(seed, purpose, i));

  const clinicalBounds = firstAnchors(bounds, clinicalCount);
  const clinical = estimateCorrelation(clinicalBounds, startingLatents(clinicalBounds), streamsOf(clinicalStream), {
    fallingSteps: Math.max(200, Math.round(clinicalDraws / patients)),
    maximise: (moment) => shrunkCorrelation(moment, patients, clinicalCount, clinicalShrinkage),
    ...(signal && { signal }),
  });

  const latents = startingLatents(bounds);
  const streams = streamsOf(stream);
  const correlation = estimateCorrelation(bounds, latents, streams, {
    fallingSteps: 100,
    maximise: (moment) =>
      withLeadingBlock(
        shrunkCorrelation(moment, patients, anchors, genomicShrinkage),
        anchors,
        clinical,
        clinicalCount,
      ),
    ...(signal && { signal }),
  });

  const precision = invert(correlation, anchors);
  const expected = new Float64Array(patients * anchors);
  const secondMoment = new Float64Array(anchors * anchors);
  for (let sweep = 0; sweep < finalSweeps; sweep++) {
    for (let i = 0; i < patients; i++) {
      sweepPatient(bounds, latents, precision, i, streams[i]!);
      addOuterProduct(latents, i * anchors, anchors, secondMoment);
    }
    for (let k = 0; k < expected.length; k++) expected[k]! += latents[k]! / finalSweeps;
  }
  for (let k = 0; k < secondMoment.length; k++) secondMoment[k]! /= finalSweeps;
  mirrorLower(secondMoment, anchors);
  return { correlation, expected, secondMoment };
}

interface EstimationOptions {
  /** Iterations at falling step, which average the noise of the sweeps away. */
  readonly fallingSteps: number;
  /** The correlation of a second moment Σ latent latentᵀ, of which the lower triangle is filled. */
  readonly maximise: (secondMoment: Float64Array) => Float64Array;
  readonly signal?: AbortSignal;
}

// Iterations at full step, which find the mode's neighbourhood.
const fullSteps = 40;

/** Runs the EM from `latents`, which it leaves at the last draw. */
function estimateCorrelation(
  bounds: LatentBounds,
  latents: Float64Array,
  streams: readonly RandomStream[],
  { fallingSteps, maximise, signal }: EstimationOptions,
): Float64Array {
  const { patients, anchors } = bounds;
  const secondMoment = new Float64Array(anchors * anchors);
  let correlation = identityMatrix(anchors);
  for (let iteration = 0; iteration < fullSteps + fallingSteps; iteration++) {
    signal?.throwIfAborted();
    const precision = invert(correlation, anchors);
    const drawn = new Float64Array(anchors * anchors);
    for (let i = 0; i < patients; i++) {
      sweepPatient(bounds, latents, precision, i, streams[i]!);
      addOuterProduct(latents, i * anchors, anchors, drawn);
    }
    const step = iteration < fullSteps ? 1 : 1 / (iteration - fullSteps + 1);
    for (let k = 0; k < drawn.length; k++) secondMoment[k]! += step * (drawn[k]! - secondMoment[k]!);
    correlation = maximise(secondMoment);
  }
  return correlation;
}

/** The bounds of the first anchors alone. */
function firstAnchors({ patients, anchors, lower, upper }: LatentBounds, count: number): LatentBounds {
  const leading = (values: Float64Array) => values.filter((_, k) => k % anchors < count);
  return { patients, anchors: count, lower: leading(lower), upper: leading(upper) };
}

/** To the lower triangle: the rest is the same. */
function addOuterProduct(values: Float64Array, offset: number, size: number, into: Float64Array): void {
  for (let a = 0; a < size; a++) {
    const va = values[offset + a]!;
    for (let b = 0; b <= a; b++) into[a * size + b]! += va * values[offset + b]!;
  }
}

function mirrorLower(matrix: Float64Array, size: number): void {
  for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) matrix[b * size + a] = matrix[a * size + b]!;
}

function invert(correlation: Float64Array, size: number): Float64Array {
  const inverse = invertPositiveDefinite(correlation, size);
  // Shrinkage puts weight on the identity, so only a caller's shrinkage of 0 can get here.
  if (!inverse) throw new RangeError("the anchor correlation is not positive definite: use a shrinkage above 0");
  return inverse;
}
