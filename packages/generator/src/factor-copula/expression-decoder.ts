import { Kernels, streamId } from "@osteon/numerics";
import type { ExpressionUnit } from "@osteon/cohort";
import type { LatentGrid } from "./quantile-table.ts";

/** The genes' part of a fitted model as stored: singles, genes padded to a multiple of 16. */
export interface ExpressionWeights {
  readonly genes: readonly string[];
  readonly unit: ExpressionUnit;
  readonly grid: LatentGrid;
  /** Rows of `weights` that belong to factors, after those of the anchors. */
  readonly rank: number;
  /** (anchors + rank) × padded genes, row-major. */
  readonly weights: Float32Array;
  /** Noise deviation, padded genes. */
  readonly noiseDeviations: Float32Array;
  /** Quantile tables, gene-major. */
  readonly tables: Float32Array;
}

/** Genes are worked on sixteen at a time. */
const geneBlock = 16;
const stream = streamId("factor-copula/patient");

/**
 * Draws expression given anchors, by the kernels. Every normal of a patient comes from the address
 * (seed, patient index, position), so a patient is the same alone or among others, to the bit.
 */
export class ExpressionDecoder {
  readonly #model: ExpressionWeights;
  readonly #anchors: number;
  readonly #padded: number;
  readonly #lead: number;
  readonly #kernels = new Kernels();
  readonly #pointers;
  readonly #views;

  /** @param leadingNormals how many normals the caller needs for itself, per patient */
  constructor(model: ExpressionWeights, anchors: number, leadingNormals: number) {
    const kernels = this.#kernels;
    this.#model = model;
    this.#anchors = anchors;
    this.#padded = model.noiseDeviations.length;
    this.#lead = Math.ceil((leadingNormals + model.rank) / geneBlock) * geneBlock;
    const singles = (length: number) => kernels.reserve(length * 4);
    this.#pointers = {
      weights: singles(model.weights.length),
      scale: singles(this.#padded),
      tables: singles(model.tables.length),
      input: singles(anchors + model.rank),
      normals: singles(this.#lead + this.#padded),
      latent: singles(this.#padded),
      out: singles(this.#padded),
    };
    kernels.singles(this.#pointers.weights, model.weights.length).set(model.weights);
    kernels.singles(this.#pointers.scale, this.#padded).set(model.noiseDeviations);
    kernels.singles(this.#pointers.tables, model.tables.length).set(model.tables);
    this.#views = {
      input: kernels.singles(this.#pointers.input, anchors + model.rank),
      lead: kernels.singles(this.#pointers.normals, this.#lead),
      out: kernels.singles(this.#pointers.out, model.genes.length),
    };
  }

  /** Draws the patient's normals; returns the caller's and the factors' (valid until the next patient). */
  begin(seed: number, index: number): Float32Array {
    this.#kernels.functions.fillNormals(
      this.#pointers.normals,
      this.#lead + this.#padded,
      index >>> 0,
      Math.floor(index / 0x100000000),
      stream,
      seed >>> 0,
      Math.floor(seed / 0x100000000),
    );
    return this.#views.lead;
  }

  /** Writes the patient's expression, in the model's unit, at `out[offset …]`. */
  finish(anchorLatents: Float64Array, factors: ArrayLike<number>, out: Float32Array, offset: number): void {
    const { input } = this.#views;
    const { rank, grid, genes } = this.#model;
    input.set(anchorLatents);
    for (let k = 0; k < rank; k++) input[this.#anchors + k] = factors[k]!;
    const { functions } = this.#kernels;
    const at = this.#pointers;
    functions.rowProductF32(at.input, at.weights, at.latent, this.#anchors + rank, this.#padded);
    functions.applyQuantileTables(
      at.latent,
      at.normals + this.#lead * 4,
      at.scale,
      at.tables,
      at.out,
      genes.length,
      grid.knots,
      grid.first,
      grid.step,
    );
    out.set(this.#views.out, offset);
  }
}

/** Rounds up to whole blocks of genes. */
export function padGenes(genes: number): number {
  return Math.ceil(genes / geneBlock) * geneBlock;
}
