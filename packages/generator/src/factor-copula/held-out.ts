import { choleskyFactor, multiplyMatrices, solveLowerInPlace, transposeMatrix } from "@osteon/numerics";
import type { PatientLatents } from "./copula-statistics.ts";
import type { AnchorEffects } from "./expression-regression.ts";
import type { ExpressionLoadings } from "./loadings.ts";

/** Patients that a fit did not see; matrices have patients in rows, row-major. */
export interface HeldOut {
  readonly rows: number;
  readonly anchors: number;
  readonly genes: number;
  /** Expected anchors, rows × anchors. */
  readonly expected: Float64Array;
  /** Latents of the genes, rows × genes, 0 (the mean) where not measured. */
  readonly latents: Float64Array;
  /** 1 where measured, rows × genes. */
  readonly measured: Uint8Array;
}

/** Copies the rows of some patients. */
export function takeHeldOut(
  { anchorLatents, anchors, geneLatents, genes }: PatientLatents,
  rows: ArrayLike<number>,
): HeldOut {
  const expected = new Float64Array(rows.length * anchors);
  const latents = new Float64Array(rows.length * genes);
  const measured = new Uint8Array(rows.length * genes);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    expected.set(anchorLatents.subarray(row * anchors, (row + 1) * anchors), i * anchors);
    for (let j = 0; j < genes; j++) {
      const value = geneLatents[row * genes + j]!;
      if (Number.isNaN(value)) continue;
      latents[i * genes + j] = value;
      measured[i * genes + j] = 1;
    }
  }
  return { rows: rows.length, anchors, genes, expected, latents, measured };
}

/**
 * The share of the anchors' trans effects that left-out patients show: the slope of their expression on what
 * the effects predict, within 0 and 1. One slope for clinical and genomic anchors: apart, that of the few
 * clinical ones is mostly noise, and no better on patients not seen.
 * Source: van Houwelingen & le Cessie 1990 (shrinkage by the cross-validated calibration slope).
 */
export function confirmedEffects(
  heldOut: readonly HeldOut[],
  effects: readonly AnchorEffects[],
  cisAnchors: Int32Array,
): number {
  let products = 0;
  let squares = 0;
  heldOut.forEach(({ rows, anchors, genes, latents, measured, expected }, f) => {
    const { trans, cis } = effects[f]!;
    multiplyMatrices(expected, trans, rows, anchors, genes).forEach((value, at) => {
      if (measured[at] === 0) return;
      const j = at % genes;
      const own = cisAnchors[j]! < 0 ? 0 : cis[j]! * expected[((at - j) / genes) * anchors + cisAnchors[j]!]!;
      products += value * (latents[at]! - own);
      squares += value * value;
    });
  });
  return squares > 0 ? Math.min(1, Math.max(0, products / squares)) : 0;
}

/** What the anchors do not explain of left-out patients. */
export interface HeldOutResiduals {
  readonly rows: number;
  readonly genes: number;
  /** Rows × genes, 0 where not measured. */
  readonly values: Float64Array;
  /** Variance of each gene from what the anchors' data leave open of their latents. */
  readonly openVariances: Float64Array;
}

/**
 * Takes the anchors' prediction off.
 * @param coefficients anchors × genes
 * @param unseen mean covariance of the anchors' latents given their data, anchors × anchors
 */
export function residualsOf(
  { rows, anchors, genes, expected, latents, measured }: HeldOut,
  coefficients: Float64Array,
  unseen: Float64Array,
): HeldOutResiduals {
  const values = multiplyMatrices(expected, coefficients, rows, anchors, genes);
  values.forEach((predicted, at) => {
    values[at] = measured[at] === 0 ? 0 : latents[at]! - predicted;
  });
  const openVariances = new Float64Array(genes);
  multiplyMatrices(unseen, coefficients, anchors, anchors, genes).forEach((value, at) => {
    openVariances[at % genes]! += value * coefficients[at]!;
  });
  return { rows, genes, values, openVariances: openVariances.map((variance) => Math.max(0, variance)) };
}

/**
 * log N(residual; 0, Λ Λᵀ + D) of each row, by the Woodbury identity. The open variance of the anchors
 * adds to D only: its part between genes is small, and would make the core as large as all anchors.
 */
export function residualLogLikelihoods(
  { rows, genes, values, openVariances }: HeldOutResiduals,
  { weights, rank, noiseDeviations }: ExpressionLoadings,
): Float64Array {
  const precision = noiseDeviations.map((deviation, j) => 1 / (deviation * deviation + openVariances[j]!));
  let logDeterminant = 0;
  for (const value of precision) logDeterminant -= Math.log(value);
  const quadratic = new Float64Array(rows);
  const scaled = values.map((value, at) => {
    const weighted = value * precision[at % genes]!;
    quadratic[Math.floor(at / genes)]! += value * weighted;
    return weighted;
  });
  if (rank > 0) {
    const factors = weights.slice(weights.length - rank * genes);
    const factorsTransposed = transposeMatrix(factors, rank, genes);
    const weighted = factors.map((value, at) => value * precision[at % genes]!);
    const core = multiplyMatrices(weighted, factorsTransposed, rank, genes, rank);
    for (let k = 0; k < rank; k++) core[k * rank + k]! += 1;
    // The identity plus a Gram matrix always has a factor.
    const lower = choleskyFactor(core, rank)!;
    for (let k = 0; k < rank; k++) logDeterminant += 2 * Math.log(lower[k * rank + k]!);
    const projected = multiplyMatrices(scaled, factorsTransposed, rows, genes, rank);
    for (let i = 0; i < rows; i++) {
      const row = projected.subarray(i * rank, (i + 1) * rank);
      solveLowerInPlace(lower, rank, row);
      for (const value of row) quadratic[i]! -= value * value;
    }
  }
  return quadratic.map((value) => -0.5 * (logDeterminant + genes * Math.log(2 * Math.PI) + value));
}
