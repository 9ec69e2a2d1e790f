import { invertPositiveDefinite, multiplyMatrices } from "@osteon/numerics";
import type { CopulaStatistics } from "./copula-statistics.ts";
import { shrinkEffectsInPlace } from "./effect-mixture.ts";

/** Regression coefficients of the genes on the anchors' latents, in two parts. */
export interface AnchorEffects {
  /** All but the cis effects, anchors × genes, row-major. */
  readonly trans: Float64Array;
  /** Effect of each gene's own copy number; 0 where that is no anchor. */
  readonly cis: Float64Array;
}

/** A gene's own copy number is shrunk only as much as this many patients without an effect would. */
const cisShrinkagePatients = 5;
/** The correction of the ridge's bias is itself shrunk as if this many patients without an effect were added. */
const correctionShrinkagePatients = 100;
/** No anchor's effects are taken to have less than this variance over genes: a floor for the division. */
const smallestEffectVariance = 1e-6;
/** Keeps the noise of an anchor that does not vary above 0. */
const smallestNoise = 1e-9;

/**
 * Regression of all genes on the anchors from additive statistics alone.
 *
 * The expected anchors (not drawn ones) are the regressors, so interval-valued anchors do not bias the
 * coefficients (regression calibration; Carroll et al. 2006, ch. 4). One penalty for all would fade a TP53 or
 * a metastasis together with dozens of anchors that do nothing, and one prior for all genes the few genes that
 * an anchor acts on together with the many that it does not. So, in two steps:
 *
 * 1. ridge, each anchor with a penalty of its own, the noise of a coefficient over the variance of that
 *    anchor's effects (empirical Bayes by moments; Morris 1983);
 * 2. one step towards the unpenalised solution (as in the debiased lasso; Javanmard & Montanari 2014), then
 *    {@link shrinkEffectsInPlace} over the genes of each anchor.
 */
export function regressOnAnchors(statistics: CopulaStatistics, cisAnchors: Int32Array): AnchorEffects {
  const { anchors, patients, sketch } = statistics;
  const { genes } = sketch;
  const covariance = statistics.anchorMoment.map((value) => value / patients);
  const remaining = covariancesOf(statistics);
  const cis = takeCisEffects(remaining, covariance, cisAnchors, patients);
  const observed = statistics.measured.reduce((sum, count) => sum + count, 0) / genes;

  const penalties = new Float64Array(anchors);
  for (let a = 0; a < anchors; a++) {
    const variance = covariance[a * anchors + a]!;
    let sumOfSquares = 0;
    for (let j = 0; j < genes; j++) sumOfSquares += remaining[a * genes + j]! ** 2;
    const beyondChance = (sumOfSquares / genes - variance / observed) / (variance * variance);
    const effectVariance = Math.max(smallestEffectVariance, Number.isFinite(beyondChance) ? beyondChance : 0);
    penalties[a] = 1 / (observed * effectVariance);
  }
  const trans = multiplyMatrices(inverseWith(covariance, penalties), remaining, anchors, anchors, genes);

  const predicted = multiplyMatrices(covariance, trans, anchors, anchors, genes);
  for (let k = 0; k < remaining.length; k++) remaining[k]! -= predicted[k]!;
  const turn = inverseWith(covariance, new Float64Array(anchors).fill(correctionShrinkagePatients / observed));
  const correction = multiplyMatrices(turn, remaining, anchors, anchors, genes);
  const noise = multiplyMatrices(
    multiplyMatrices(turn, covariance, anchors, anchors, anchors),
    turn,
    anchors,
    anchors,
    anchors,
  );
  for (let a = 0; a < anchors; a++) {
    const row = trans.subarray(a * genes, (a + 1) * genes);
    row.forEach((value, j) => {
      row[j] = value + correction[a * genes + j]!;
    });
    shrinkEffectsInPlace(row, Math.max(noise[a * anchors + a]! / observed, smallestNoise));
  }
  return { trans, cis };
}

/** Effects of the genes' own copy number one by one; takes what they predict off the covariances. */
function takeCisEffects(
  covariances: Float64Array,
  anchorCovariance: Float64Array,
  cisAnchors: Int32Array,
  patients: number,
): Float64Array {
  const genes = cisAnchors.length;
  const anchors = covariances.length / genes;
  const cis = new Float64Array(genes);
  for (let j = 0; j < genes; j++) {
    const c = cisAnchors[j]!;
    if (c < 0) continue;
    cis[j] = covariances[c * genes + j]! / (anchorCovariance[c * anchors + c]! + cisShrinkagePatients / patients);
    for (let a = 0; a < anchors; a++) covariances[a * genes + j]! -= cis[j]! * anchorCovariance[a * anchors + c]!;
  }
  return cis;
}

function inverseWith(covariance: Float64Array, penalties: Float64Array): Float64Array {
  const anchors = penalties.length;
  const penalised = covariance.slice();
  penalties.forEach((penalty, a) => {
    penalised[a * anchors + a]! += penalty;
  });
  const inverse = invertPositiveDefinite(penalised, anchors);
  if (!inverse) throw new RangeError("the penalised anchor covariance is not positive definite");
  return inverse;
}

/**
 * The coefficients with the share of the trans effects that is kept, anchors × genes, row-major.
 * @param share of 0 to 1
 */
export function combineEffects({ trans, cis }: AnchorEffects, share: number, cisAnchors: Int32Array): Float64Array {
  const genes = cis.length;
  const coefficients = trans.map((value) => value * share);
  cisAnchors.forEach((anchor, j) => {
    if (anchor >= 0) coefficients[anchor * genes + j]! += cis[j]!;
  });
  return coefficients;
}

/** Covariances of the anchors with the genes, each over the patients measured, anchors × genes. */
function covariancesOf({ crossMoment, measured, anchors, sketch }: CopulaStatistics): Float64Array {
  const { genes } = sketch;
  return crossMoment.slice(0, anchors * genes).map((value, k) => value / Math.max(1, measured[k % genes]!));
}
