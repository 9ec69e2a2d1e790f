import { computeLeadingComponents, multiplyMatrices, transposeMatrix } from "@osteon/numerics";
import type { ExpressionBatchEffect, SharePermuted } from "./batch-report.ts";
import { compareWithNull, drawOrder, permutations, round } from "./relabelling.ts";

const mostComponents = 5;
/** Shufflings that are multiplied at once. */
const together = 16;

/**
 * What batches explain beyond the clinical variables, of all genes and of the first components, against shuffled
 * residuals.
 *
 * @param residuals of the genes, after `known`
 * @param known orthonormal: intercept and clinical variables
 * @param beyond orthonormal: what batches add to these
 */
export function permuteResiduals(
  residuals: readonly Float64Array[],
  known: readonly Float64Array[],
  beyond: readonly Float64Array[],
): { readonly beyondClinical: SharePermuted; readonly components: ExpressionBatchEffect["components"] } {
  const n = known[0]!.length;
  const gram = crossProducts(residuals, n);
  const total = sumOfSquares(residuals);
  const scores = leadingComponents(gram, n);
  const width = known.length + beyond.length;
  const nulls = Array.from({ length: 1 + scores.length }, () => new Float64Array(permutations));
  /** Shares of several orders at once: of all genes, then of each component. */
  const sharesOf = (orders: readonly (Uint32Array | undefined)[]): number[][] => {
    const columns = orders.length * width;
    const vectors = new Float64Array(n * columns);
    orders.forEach((order, o) =>
      [...known, ...beyond].forEach((vector, v) => {
        for (let i = 0; i < n; i++) vectors[i * columns + o * width + v] = vector[order === undefined ? i : order[i]!]!;
      }),
    );
    const products = multiplyMatrices(gram, vectors, n, n, columns);
    return orders.map((_, o) => {
      const explained = Array.from({ length: width }, (__, v) => {
        let sum = 0;
        for (let at = o * width + v; at < vectors.length; at += columns) sum += vectors[at]! * products[at]!;
        return sum;
      });
      const ofComponents = scores.map(({ score }) => {
        const overlaps = Array.from({ length: width }, (__, v) => {
          let sum = 0;
          for (let i = 0; i < n; i++) sum += score[i]! * vectors[i * columns + o * width + v]!;
          return sum ** 2;
        });
        return partialShare(overlaps, known.length, 1);
      });
      return [partialShare(explained, known.length, total), ...ofComponents];
    });
  };
  for (let first = 0; first < permutations; first += together) {
    const count = Math.min(together, permutations - first);
    const orders = Array.from({ length: count }, (_, k) => drawOrder(n, first + k));
    sharesOf(orders).forEach((shares, k) => shares.forEach((share, s) => (nulls[s]![first + k] = share)));
  }
  const observed = sharesOf([undefined])[0]!;
  return {
    beyondClinical: compareWithNull(observed[0]!, nulls[0]!),
    components: scores.map(({ ofVariance }, s) => ({
      ofVariance: round(ofVariance / total),
      ...compareWithNull(observed[s + 1]!, nulls[s + 1]!),
    })),
  };
}

/** Of what the first vectors leave of the total, what the others explain. */
function partialShare(explained: readonly number[], known: number, total: number): number {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return sum(explained.slice(known)) / Math.max(1e-12, total - sum(explained.slice(0, known)));
}

/** Patients × patients. */
function crossProducts(genes: readonly Float64Array[], n: number): Float64Array {
  const byGene = new Float64Array(genes.length * n);
  genes.forEach((gene, k) => byGene.set(gene, k * n));
  return multiplyMatrices(transposeMatrix(byGene, genes.length, n), byGene, n, genes.length, n);
}

/** Unit scores and the variance that each holds, the largest first. */
function leadingComponents(gram: Float64Array, n: number) {
  const distances = gram.map((value, k) => {
    const [row, column] = [Math.floor(k / n), k % n];
    return gram[row * n + row]! + gram[column * n + column]! - 2 * value;
  });
  const count = Math.min(mostComponents, n - 2);
  const scores = computeLeadingComponents(distances, n, count);
  return Array.from({ length: count }, (_, k) => {
    const score = Float64Array.from({ length: n }, (__, i) => scores[i * count + k]! / Math.sqrt(n));
    const product = multiplyMatrices(gram, score, n, n, 1);
    return { score, ofVariance: score.reduce((sum, value, i) => sum + value * product[i]!, 0) };
  })
    .filter(({ ofVariance }) => ofVariance > 1e-9)
    .sort((a, b) => b.ofVariance - a.ofVariance);
}

export function sumOfSquares(columns: readonly Float64Array[]): number {
  let sum = 0;
  for (const column of columns) for (const value of column) sum += value * value;
  return sum;
}
