import { multiplyMatrices, philox4x32, streamId } from "@osteon/numerics";

/**
 * The random matrix Ω that the genes' second moment is seen through: genes × width of ±1, each row a
 * function of (seed, gene index) alone. The identity where width equals the number of genes.
 */
export interface Sketch {
  readonly seed: number;
  readonly genes: number;
  readonly width: number;
}

const stream = streamId("factor-copula/sketch");
// Rows of Ω that exist at one time; a bound on memory, not on the result.
const blockGenes = 1024;

/** A sketch that loses nothing while patients or genes are at most `largestWidth`. */
export function createSketch(seed: number, genes: number, patients: number, largestWidth: number): Sketch {
  return { seed, genes, width: Math.min(genes, patients, largestWidth) };
}

/** Rows `from` … `to − 1` of Ω, row-major. */
export function sketchRows(sketch: Sketch, from: number, to: number): Float64Array {
  const { width } = sketch;
  const rows = new Float64Array((to - from) * width);
  const words = new Uint32Array(4);
  for (let j = from; j < to; j++) {
    const row = (j - from) * width;
    if (width === sketch.genes) {
      rows[row + j] = 1;
      continue;
    }
    for (let l = 0; l < width; l++) {
      const bit = l % 128;
      if (bit === 0) {
        words[0] = l / 128;
        words[1] = j;
        words[2] = 0;
        words[3] = stream;
        philox4x32(words, sketch.seed >>> 0, Math.floor(sketch.seed / 0x100000000) >>> 0);
      }
      rows[row + l] = ((words[bit >> 5]! >>> (bit & 31)) & 1) === 1 ? 1 : -1;
    }
  }
  return rows;
}

/** M Ω for a row-major matrix M of `rows` × genes. */
export function multiplyBySketch(matrix: Float64Array, rows: number, sketch: Sketch): Float64Array {
  const { genes, width } = sketch;
  const result = new Float64Array(rows * width);
  for (let from = 0; from < genes; from += blockGenes) {
    const to = Math.min(from + blockGenes, genes);
    const block = new Float64Array(rows * (to - from));
    for (let i = 0; i < rows; i++) block.set(matrix.subarray(i * genes + from, i * genes + to), i * (to - from));
    const part = multiplyMatrices(block, sketchRows(sketch, from, to), rows, to - from, width);
    for (let k = 0; k < result.length; k++) result[k]! += part[k]!;
  }
  return result;
}
