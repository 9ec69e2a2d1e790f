import {
  computeLeadingComponents,
  computeSquaredDistances,
  mean,
  RandomStream,
  rocArea,
  streamId,
} from "@osteon/numerics";
import type { Comparison } from "../input/comparison.ts";
import { fitLogisticRegression } from "../models/logistic-regression.ts";
import { computed, missing, type Metric } from "./metric.ts";

const folds = 5;
const penalty = 1;
const expressionComponents = 10;
const discreteComponents = 5;

/**
 * Can a classifier tell the candidate from real patients? Mean over 5 stratified folds of the area under
 * the ROC curve of a ridge logistic regression on principal components of expression and of
 * mutations with copy number, and on their squares: without the squares, independent marginals,
 * whose means are right and whose spread is wrong, would pass. 0.5: it cannot; 1: it always can. Below
 * ½ a held-out fold went against its training folds by chance, as happens to small samples of one
 * population: it counts ½.
 * Source: Lopez-Paz and Oquab 2017 (classifier two-sample tests).
 */
export const classifierTwoSampleAuc: Metric = {
  name: "classifier_two_sample_auc",
  title: "a classifier tells them apart",
  group: "distribution",
  unit: "AUC",
  better: 0.5,
  compute: (comparison) => {
    const { placedReferences, placedCount } = comparison;
    if (Math.min(placedReferences, placedCount - placedReferences) < folds) {
      return missing(`a side has fewer than ${folds} patients`);
    }
    const { design, width } = buildDesign(comparison);
    if (width === 1) return missing("nothing varies that a classifier could use");
    const labels = new Uint8Array(placedCount).fill(1, placedReferences);
    const fold = assignFolds(placedReferences, placedCount - placedReferences);
    let sum = 0;
    for (let held = 0; held < folds; held++) sum += scoreFold(design, width, labels, fold, held);
    return computed(Math.max(0.5, sum / folds));
  },
};

function buildDesign(comparison: Comparison): { readonly design: Float64Array; readonly width: number } {
  const n = comparison.placedCount;
  const blocks: Float64Array[] = [];
  const limit = Math.max(1, n - 2);
  if (comparison.hasExpression) {
    blocks.push(computeLeadingComponents(comparison.squaredDistances, n, Math.min(expressionComponents, limit)));
  }
  const { mutations, copyNumber } = comparison.reference.cohort;
  const discrete = mutations.genes.length + copyNumber.genes.length;
  if (discrete > 0) {
    const { reference, candidate } = comparison;
    const distances = computeSquaredDistances([reference.discreteFeatures, candidate.discreteFeatures], discrete);
    blocks.push(computeLeadingComponents(distances, n, Math.min(discreteComponents, discrete, limit)));
  }
  const columns = blocks.flatMap((block) => {
    const count = block.length / n;
    return Array.from({ length: count }, (_, k) => Float64Array.from({ length: n }, (_, i) => block[i * count + k]!));
  });
  const varying = columns.filter((column) => column.some((value) => value !== 0));
  const features = [...varying, ...varying.map(standardisedSquares)];
  const width = features.length + 1;
  const design = new Float64Array(n * width);
  for (let i = 0; i < n; i++) {
    design[i * width] = 1;
    features.forEach((feature, j) => (design[i * width + j + 1] = feature[i]!));
  }
  return { design, width };
}

function standardisedSquares(column: Float64Array): Float64Array {
  const squares = column.map((value) => value * value);
  const centre = mean(squares);
  const variance = mean(squares.map((value) => (value - centre) ** 2));
  const scale = variance > 1e-18 ? 1 / Math.sqrt(variance) : 0;
  return squares.map((value) => (value - centre) * scale);
}

function assignFolds(referenceCount: number, candidateCount: number): Uint8Array {
  const random = new RandomStream(0, streamId("evaluation/classifier-folds"));
  const fold = new Uint8Array(referenceCount + candidateCount);
  random.permutation(referenceCount).forEach((row, place) => (fold[row] = place % folds));
  random.permutation(candidateCount).forEach((row, place) => (fold[referenceCount + row] = place % folds));
  return fold;
}

function scoreFold(design: Float64Array, width: number, labels: Uint8Array, fold: Uint8Array, held: number): number {
  const rows = Uint32Array.from(fold.keys()).filter((row) => fold[row] !== held);
  const coefficients = fitLogisticRegression(design, width, labels, rows, penalty);
  const scores: [number[], number[]] = [[], []];
  for (let row = 0; row < fold.length; row++) {
    if (fold[row] !== held) continue;
    let score = 0;
    for (let j = 0; j < width; j++) score += design[row * width + j]! * coefficients[j]!;
    scores[labels[row] === 1 ? 1 : 0].push(score);
  }
  return rocArea(scores[1], scores[0]) ?? 0.5;
}
