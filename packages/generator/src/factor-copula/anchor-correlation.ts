import {
  invertPositiveDefinite,
  RandomStream,
  streamId,
  truncatedNormalMean,
  truncatedNormalQuantile,
} from "@osteon/numerics";
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
// Iterations at full step find the mode's neighbourhood, those at falling step average the noise away.
const fullSteps = 40;
const fallingSteps = 60;
const finalSweeps = 100;

/**
 * Correlation of latent normals that are seen as points, intervals or not at all: stochastic
 * approximation EM, the E-step by Gibbs sweeps over the truncated coordinates, the M-step the
 * correlation of the second moment, shrunk.
 * Source: Hoff 2007 (semiparametric copula by Gibbs); Delyon, Lavielle & Moulines 1999 (SAEM).
 */
export function fitAnchorCorrelation(bounds: LatentBounds, options: AnchorOptions): AnchorFit {
  const { patients, anchors } = bounds;
  const latents = startingLatents(bounds);
  const streams = Array.from({ length: patients }, (_, i) => new RandomStream(options.seed, stream, i));
  let secondMoment = new Float64Array(anchors * anchors);
  let correlation = identity(anchors);

  for (let iteration = 0; iteration < fullSteps + fallingSteps; iteration++) {
    options.signal?.throwIfAborted();
    const precision = invert(correlation, anchors);
    const drawn = new Float64Array(anchors * anchors);
    for (let i = 0; i < patients; i++) {
      sweepPatient(bounds, latents, precision, i, streams[i]!);
      addOuterProduct(latents, i * anchors, anchors, drawn);
    }
    const step = iteration < fullSteps ? 1 : 1 / (iteration - fullSteps + 1);
    for (let k = 0; k < drawn.length; k++) secondMoment[k]! += step * (drawn[k]! - secondMoment[k]!);
    correlation = shrunkCorrelation(secondMoment, patients, anchors, options);
  }

  const precision = invert(correlation, anchors);
  const expected = new Float64Array(patients * anchors);
  secondMoment = new Float64Array(anchors * anchors);
  for (let sweep = 0; sweep < finalSweeps; sweep++) {
    for (let i = 0; i < patients; i++) {
      sweepPatient(bounds, latents, precision, i, streams[i]!);
      addOuterProduct(latents, i * anchors, anchors, secondMoment);
    }
    for (let k = 0; k < expected.length; k++) expected[k]! += latents[k]! / finalSweeps;
  }
  for (let k = 0; k < secondMoment.length; k++) secondMoment[k]! /= finalSweeps;
  return { correlation, expected, secondMoment };
}

/** Points where known, the mean of the interval where not. */
function startingLatents({ lower, upper }: LatentBounds): Float64Array {
  return lower.map((from, k) => (from === upper[k] ? from : truncatedNormalMean(from, upper[k]!)));
}

/** One Gibbs sweep: each unknown coordinate drawn given all others, within its interval. */
function sweepPatient(
  { anchors, lower, upper }: LatentBounds,
  latents: Float64Array,
  precision: Float64Array,
  patient: number,
  random: RandomStream,
): void {
  const row = patient * anchors;
  for (let j = 0; j < anchors; j++) {
    const from = lower[row + j]!;
    const to = upper[row + j]!;
    if (from === to) continue;
    let sum = 0;
    const precisionRow = j * anchors;
    for (let k = 0; k < anchors; k++) sum += precision[precisionRow + k]! * latents[row + k]!;
    const own = precision[precisionRow + j]!;
    const mean = latents[row + j]! - sum / own;
    const deviation = 1 / Math.sqrt(own);
    latents[row + j] =
      mean +
      deviation * truncatedNormalQuantile(random.nextUniform(), (from - mean) / deviation, (to - mean) / deviation);
  }
}

function addOuterProduct(values: Float64Array, offset: number, size: number, into: Float64Array): void {
  for (let a = 0; a < size; a++) {
    const va = values[offset + a]!;
    for (let b = 0; b < size; b++) into[a * size + b]! += va * values[offset + b]!;
  }
}

/** Scales to unit diagonal and multiplies each off-diagonal element by n / (n + shrinkage of the pair). */
function shrunkCorrelation(
  secondMoment: Float64Array,
  patients: number,
  anchors: number,
  { clinicalCount, clinicalShrinkage, genomicShrinkage }: AnchorOptions,
): Float64Array {
  const correlation = identity(anchors);
  for (let a = 0; a < anchors; a++) {
    for (let b = 0; b < a; b++) {
      const shrinkage = a < clinicalCount ? clinicalShrinkage : genomicShrinkage;
      const scale = Math.sqrt(secondMoment[a * anchors + a]! * secondMoment[b * anchors + b]!);
      const value = (patients / (patients + shrinkage)) * (secondMoment[a * anchors + b]! / scale);
      correlation[a * anchors + b] = value;
      correlation[b * anchors + a] = value;
    }
  }
  return correlation;
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let k = 0; k < size; k++) matrix[k * size + k] = 1;
  return matrix;
}

function invert(correlation: Float64Array, size: number): Float64Array {
  const inverse = invertPositiveDefinite(correlation, size);
  // Shrinkage puts weight on the identity, so only a caller's shrinkage of 0 can get here.
  if (!inverse) throw new RangeError("the anchor correlation is not positive definite: use a shrinkage above 0");
  return inverse;
}
