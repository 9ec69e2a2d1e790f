import { choleskyFactor, invertPositiveDefinite, multiplyMatrices, transposeMatrix } from "@osteon/numerics";
import type { ExpressionWeights } from "../factor-copula/expression-decoder.ts";

/** The factors of one patient given the genes measured, up to the part that the anchors move. */
interface FactorPosterior {
  /** Mean if all anchors were 0, one a factor. */
  readonly base: Float64Array;
  /** What an anchor's latent adds to the mean, factors × anchors, row-major. */
  readonly anchorEffects: Float64Array;
  /** Lower Cholesky factor of the covariance, factors × factors. */
  readonly deviation: Float64Array;
}

/**
 * Posterior of the factors f in gene latents g = anchors · B + f · Λ + noise: N(V Λ D⁻¹ (g − anchors B), V) with
 * V = (I + Λ D⁻¹ Λᵀ)⁻¹ over the genes measured. Source: Bartholomew, Knott & Moustaki 2011, §3.3.
 */
export class FactorPosteriors {
  readonly #anchors: number;
  readonly #rank: number;
  readonly #genes: number;
  /** B above Λ, turned: genes × (anchors + rank). */
  readonly #weights: Float64Array;
  /** Λ D⁻¹, rank × genes. */
  readonly #precise: Float64Array;
  /** Of patients with every gene, by far the most. */
  #whole: Omit<FactorPosterior, "base"> | undefined;

  constructor({ genes, weights, rank, noiseDeviations }: ExpressionWeights, anchors: number) {
    this.#anchors = anchors;
    this.#rank = rank;
    this.#genes = genes.length;
    const padded = noiseDeviations.length;
    const rows = new Float64Array((anchors + rank) * genes.length);
    for (let row = 0; row < anchors + rank; row++) {
      rows.set(weights.subarray(row * padded, row * padded + genes.length), row * genes.length);
    }
    this.#weights = transposeMatrix(rows, anchors + rank, genes.length);
    this.#precise = rows.slice(anchors * genes.length);
    for (let k = 0; k < this.#precise.length; k++) this.#precise[k]! /= noiseDeviations[k % genes.length]! ** 2;
  }

  /** @param geneLatents of one patient, NaN where not measured */
  of(geneLatents: Float32Array): FactorPosterior {
    const unmeasured = Uint32Array.from(geneLatents.keys()).filter((j) => Number.isNaN(geneLatents[j]!));
    const { anchorEffects, deviation } =
      unmeasured.length === 0 ? (this.#whole ??= this.#solve(this.#precise)) : this.#solve(this.#without(unmeasured));
    const known = Float64Array.from(geneLatents);
    for (const j of unmeasured) known[j] = 0;
    const projected = multiplyMatrices(this.#precise, known, this.#rank, this.#genes, 1);
    return { base: applyCovariance(deviation, projected, this.#rank, 1), anchorEffects, deviation };
  }

  /** Λ D⁻¹ with 0 for genes that are not measured. */
  #without(unmeasured: Uint32Array): Float64Array {
    const precise = this.#precise.slice();
    for (let k = 0; k < this.#rank; k++) for (const j of unmeasured) precise[k * this.#genes + j] = 0;
    return precise;
  }

  #solve(precise: Float64Array): Omit<FactorPosterior, "base"> {
    const anchors = this.#anchors;
    const rank = this.#rank;
    const width = anchors + rank;
    // Λ D⁻¹ (B, Λ)ᵀ.
    const products = multiplyMatrices(precise, this.#weights, rank, this.#genes, width);
    const precision = Float64Array.from({ length: rank * rank }, (_, at) => {
      const [k, l] = [Math.floor(at / rank), at % rank];
      return products[k * width + anchors + l]! + (k === l ? 1 : 0);
    });
    const covariance = invertPositiveDefinite(precision, rank);
    const deviation = covariance && choleskyFactor(covariance, rank);
    if (!deviation) throw new RangeError("the precision of the factors is not positive definite");
    const ofAnchors = Float64Array.from(
      { length: rank * anchors },
      (_, at) => -products[Math.floor(at / anchors) * width + (at % anchors)]!,
    );
    return { anchorEffects: applyCovariance(deviation, ofAnchors, rank, anchors), deviation };
  }
}

/** C Cᵀ M for a lower Cholesky factor C and a matrix M of as many rows. */
function applyCovariance(factor: Float64Array, matrix: Float64Array, rows: number, columns: number): Float64Array {
  const half = multiplyMatrices(transposeMatrix(factor, rows, rows), matrix, rows, rows, columns);
  return multiplyMatrices(factor, half, rows, rows, columns);
}
