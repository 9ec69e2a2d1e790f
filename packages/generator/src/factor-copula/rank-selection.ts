import {
  choleskyFactor,
  multiplyMatrices,
  RandomStream,
  solveLowerInPlace,
  streamId,
  transposeMatrix,
} from "@osteon/numerics";
import { addStatistics, computeStatistics, subtractStatistics, type PatientLatents } from "./copula-statistics.ts";
import { solveExpression, type ExpressionRegression } from "./expression-regression.ts";
import { composeLoadings, type ExpressionLoadings } from "./loadings.ts";
import { createSketch } from "./sketch.ts";

/** What cross-validation chose. */
export interface RankChoice {
  readonly rank: number;
  readonly ridge: number;
  /** For each factor the share of its eigenvalue that patients who were left out confirm. */
  readonly shrinkage: Float64Array;
  /** Held-out log-likelihood, in nats per patient and gene, of every candidate tried. */
  readonly candidates: readonly { readonly rank: number; readonly ridge: number; readonly logLikelihood: number }[];
}

/** Options of {@link selectRank}. */
export interface RankOptions {
  readonly seed: number;
  readonly folds: number;
  readonly largestRank: number;
  readonly sketchWidth: number;
  readonly cisAnchors: Int32Array;
  readonly signal?: AbortSignal;
}

const candidateRanks = [0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 28, 40];
const candidateRidges = [0.4, 1.6, 6.4, 25.6];
/** Genes that the choice is made on: enough to tell ranks apart, few enough to be quick. */
const largestGeneSample = 2000;

/**
 * Chooses the rank and the ridge penalty by held-out Gaussian likelihood, and shrinks each eigenvalue
 * to the variance that left-out patients show along its direction.
 * Source: Bartz 2016 and Lam 2016 (cross-validated eigenvalues); Owen & Perry 2009 (choice of rank).
 */
export function selectRank(latents: PatientLatents, correlation: Float64Array, options: RankOptions): RankChoice {
  const sample = sampleGenes(latents, options);
  const { anchors, genes } = sample.latents;
  const patients = sample.latents.geneLatents.length / genes;
  const order = new RandomStream(options.seed, streamId("factor-copula/folds")).permutation(patients);
  const folds = Array.from({ length: options.folds }, (_, f) => order.filter((_, i) => i % options.folds === f));
  const sketch = createSketch(options.seed, genes, patients, options.sketchWidth);
  const parts = folds.map((rows) => computeStatistics(sample.latents, rows, sketch));
  const whole = parts.reduce(addStatistics);
  const largestRank = Math.min(options.largestRank, sketch.width - 1, patients - folds[0]!.length - 1);
  const ranks = candidateRanks.filter((rank) => rank <= largestRank);

  let best: { rank: number; ridge: number; shrinkage: Float64Array; logLikelihood: number } | undefined;
  const candidates: { rank: number; ridge: number; logLikelihood: number }[] = [];
  for (const ridge of candidateRidges) {
    options.signal?.throwIfAborted();
    const settings = { ridge, largestRank: Math.max(1, largestRank), cisAnchors: sample.cisAnchors };
    const solved = parts.map((part) => solveExpression(subtractStatistics(whole, part), settings));
    const residuals = folds.map((rows, f) => residualsOf(sample.latents, rows, solved[f]!));
    const shrinkage = confirmedShares(solved, residuals, genes);
    for (const rank of ranks) {
      let sum = 0;
      for (const [f, regression] of solved.entries()) {
        const loadings = composeLoadings(regression, correlation, anchors, rank, shrinkage);
        sum += residualLogLikelihood(residuals[f]!, loadings, anchors, genes);
      }
      const logLikelihood = sum / (patients * genes);
      candidates.push({ rank, ridge, logLikelihood });
      if (!best || logLikelihood > best.logLikelihood) best = { rank, ridge, shrinkage, logLikelihood };
    }
  }
  return { rank: best!.rank, ridge: best!.ridge, shrinkage: best!.shrinkage, candidates };
}

function sampleGenes(latents: PatientLatents, { seed, cisAnchors }: RankOptions) {
  const { genes, geneLatents } = latents;
  if (genes <= largestGeneSample) return { latents, cisAnchors };
  const chosen = new RandomStream(seed, streamId("factor-copula/gene-sample"))
    .permutation(genes)
    .subarray(0, largestGeneSample)
    .sort();
  const patients = geneLatents.length / genes;
  const values = new Float32Array(patients * chosen.length);
  for (let i = 0; i < patients; i++) {
    for (let j = 0; j < chosen.length; j++) values[i * chosen.length + j] = geneLatents[i * genes + chosen[j]!]!;
  }
  return {
    latents: { ...latents, genes: chosen.length, geneLatents: values },
    cisAnchors: Int32Array.from(chosen, (j) => cisAnchors[j]!),
  };
}

/** Genes' latents less what the anchors explain, rows × genes; 0 where not measured. */
function residualsOf(
  { anchorLatents, anchors, geneLatents, genes }: PatientLatents,
  rows: Uint32Array,
  { coefficients }: ExpressionRegression,
): Float64Array {
  const given = new Float64Array(rows.length * anchors);
  rows.forEach((row, i) => given.set(anchorLatents.subarray(row * anchors, (row + 1) * anchors), i * anchors));
  const residuals = multiplyMatrices(given, coefficients, rows.length, anchors, genes);
  rows.forEach((row, i) => {
    for (let j = 0; j < genes; j++) {
      const value = geneLatents[row * genes + j]!;
      residuals[i * genes + j] = Number.isNaN(value) ? 0 : value - residuals[i * genes + j]!;
    }
  });
  return residuals;
}

/** Variance of left-out patients along each direction over its eigenvalue, never rising with the rank. */
function confirmedShares(
  solved: readonly ExpressionRegression[],
  residuals: readonly Float64Array[],
  genes: number,
): Float64Array {
  const rank = solved[0]!.eigenvalues.length;
  const seen = new Float64Array(rank);
  const claimed = new Float64Array(rank);
  solved.forEach(({ directions, eigenvalues }, f) => {
    const rows = residuals[f]!.length / genes;
    const projected = multiplyMatrices(residuals[f]!, transposeMatrix(directions, rank, genes), rows, genes, rank);
    projected.forEach((value, at) => {
      seen[at % rank]! += value * value;
    });
    for (let k = 0; k < rank; k++) claimed[k]! += rows * eigenvalues[k]!;
  });
  let limit = 1;
  return seen.map((value, k) => {
    limit = Math.min(limit, claimed[k]! > 0 ? value / claimed[k]! : 0);
    return limit;
  });
}

/** Σ over rows of log N(residual; 0, Λ Λᵀ + D), by the Woodbury identity. */
function residualLogLikelihood(
  residuals: Float64Array,
  { weights, rank, noiseDeviations }: ExpressionLoadings,
  anchors: number,
  genes: number,
): number {
  const rows = residuals.length / genes;
  const precision = noiseDeviations.map((deviation) => 1 / (deviation * deviation));
  let logDeterminant = 0;
  for (const deviation of noiseDeviations) logDeterminant += 2 * Math.log(deviation);
  let quadratic = 0;
  const scaled = residuals.map((value, at) => {
    quadratic += value * value * precision[at % genes]!;
    return value * precision[at % genes]!;
  });
  if (rank > 0) {
    const factors = weights.slice(anchors * genes);
    const factorsTransposed = transposeMatrix(factors, rank, genes);
    const weighted = factors.map((value, at) => value * precision[at % genes]!);
    const core = multiplyMatrices(weighted, factorsTransposed, rank, genes, rank);
    for (let k = 0; k < rank; k++) core[k * rank + k]! += 1;
    const lower = choleskyFactor(core, rank)!;
    for (let k = 0; k < rank; k++) logDeterminant += 2 * Math.log(lower[k * rank + k]!);
    const projected = multiplyMatrices(scaled, factorsTransposed, rows, genes, rank);
    for (let i = 0; i < rows; i++) {
      const row = projected.subarray(i * rank, (i + 1) * rank);
      solveLowerInPlace(lower, rank, row);
      for (const value of row) quadratic -= value * value;
    }
  }
  return -0.5 * (rows * (logDeterminant + genes * Math.log(2 * Math.PI)) + quadratic);
}
