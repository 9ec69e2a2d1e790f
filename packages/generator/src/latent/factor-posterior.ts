import { choleskyFactor, invertPositiveDefinite, multiplyMatrices } from "@osteon/numerics";
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
  readonly #weights: ExpressionWeights;
  readonly #anchors: number;
  /** Of patients with every gene, by far the most. */
  #whole: Omit<FactorPosterior, "base"> | undefined;

  constructor(weights: ExpressionWeights, anchors: number) {
    this.#weights = weights;
    this.#anchors = anchors;
  }

  /** @param geneLatents of one patient, NaN where not measured */
  of(geneLatents: Float32Array): FactorPosterior {
    const measured = Uint32Array.from(geneLatents.keys()).filter((j) => !Number.isNaN(geneLatents[j]!));
    const { anchorEffects, deviation } =
      measured.length === geneLatents.length ? (this.#whole ??= this.#solve(measured)) : this.#solve(measured);
    const projected = this.#project(measured, (j) => geneLatents[j]!);
    return { base: applyCovariance(deviation, projected), anchorEffects, deviation };
  }

  #solve(measured: ArrayLike<number>): Omit<FactorPosterior, "base"> {
    const { rank } = this.#weights;
    const precision = new Float64Array(rank * rank);
    for (let k = 0; k < rank; k++) {
      const row = this.#project(measured, (j) => this.#weight(this.#anchors + k, j));
      row.forEach((value, l) => (precision[l * rank + k] = value + (k === l ? 1 : 0)));
    }
    const covariance = invertPositiveDefinite(precision, rank);
    const deviation = covariance && choleskyFactor(covariance, rank);
    if (!deviation) throw new RangeError("the precision of the factors is not positive definite");
    const anchorEffects = new Float64Array(rank * this.#anchors);
    for (let a = 0; a < this.#anchors; a++) {
      const effect = applyCovariance(
        deviation,
        this.#project(measured, (j) => -this.#weight(a, j)),
      );
      effect.forEach((value, k) => (anchorEffects[k * this.#anchors + a] = value));
    }
    return { anchorEffects, deviation };
  }

  /** Λ D⁻¹ v over the genes measured. */
  #project(measured: ArrayLike<number>, value: (gene: number) => number): Float64Array {
    const { rank, noiseDeviations } = this.#weights;
    const out = new Float64Array(rank);
    for (let position = 0; position < measured.length; position++) {
      const j = measured[position]!;
      const scaled = value(j) / noiseDeviations[j]! ** 2;
      for (let k = 0; k < rank; k++) out[k]! += this.#weight(this.#anchors + k, j) * scaled;
    }
    return out;
  }

  #weight(row: number, gene: number): number {
    return this.#weights.weights[row * this.#weights.noiseDeviations.length + gene]!;
  }
}

/** C Cᵀ v for a lower Cholesky factor C. */
function applyCovariance(factor: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  const half = multiplyMatrices(vector, factor, 1, size, size);
  return multiplyMatrices(factor, half, size, size, 1);
}
