import { mean, RandomStream, streamId } from "@osteon/numerics";
import { addStatistics, computeStatistics, subtractStatistics, type PatientLatents } from "./copula-statistics.ts";
import { combineEffects, regressOnAnchors } from "./expression-regression.ts";
import { confirmedEffects, residualLogLikelihoods, residualsOf, takeHeldOut } from "./held-out.ts";
import { createLoadingPrior } from "./loading-prior.ts";
import { composeLoadings } from "./loadings.ts";
import { findResidualDirections } from "./residual-directions.ts";
import { createSketch } from "./sketch.ts";

/** What cross-validation chose. */
export interface RankChoice {
  readonly rank: number;
  /** The share of the anchors' effects on expression that patients who were left out confirm. */
  readonly effectShare: number;
  /** Held-out log-likelihood, in nats per patient and gene, of every rank tried. */
  readonly candidates: readonly { readonly rank: number; readonly logLikelihood: number }[];
}

/** Options of {@link selectRank}. */
export interface RankOptions {
  readonly seed: number;
  readonly folds: number;
  readonly largestRank: number;
  readonly sketchWidth: number;
  /** For each gene the anchor that is its own copy number, or −1. */
  readonly cisAnchors: Int32Array;
  /** For each gene set the positions of its genes. */
  readonly geneSets: readonly Int32Array[];
  readonly signal?: AbortSignal;
}

const candidateRanks = [0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 28, 40];
/** Genes that the choice is made on: enough to tell ranks apart, few enough to be quick. */
const largestGeneSample = 2000;

/**
 * Chooses the rank by held-out Gaussian likelihood with the one-standard-error rule: the smallest rank whose
 * loss against the best one, patient by patient, is within one standard error of that loss. Every further
 * factor is one more direction that is fitted to these patients and so tells who they were.
 *
 * The eigenvalues are not shrunk, although that would raise the likelihood: they carry the coherence of gene
 * sets, which held-out patients of the real cohort confirm (bench/real-cohort.ts). Where gene sets are given,
 * single genes' loadings are shrunk towards them, which keeps it, and the rank is chosen with that done.
 * Source: Owen & Perry 2009 (choice of rank); Breiman et al. 1984, §3.4.3 (the one-standard-error rule).
 *
 * @param correlation of the anchors, anchors × anchors
 */
export function selectRank(latents: PatientLatents, correlation: Float64Array, options: RankOptions): RankChoice {
  const sample = sampleGenes(latents, options);
  const { genes } = sample.latents;
  const rows = measuredRows(sample.latents);
  const order = new RandomStream(options.seed, streamId("factor-copula/folds"))
    .permutation(rows.length)
    .map((position) => rows[position]!);
  const folds = Array.from({ length: options.folds }, (_, f) => order.filter((_, i) => i % options.folds === f));
  const sketch = createSketch(options.seed, genes, rows.length, options.sketchWidth);
  const parts = folds.map((fold) => computeStatistics(sample.latents, fold, sketch));
  const whole = parts.reduce(addStatistics);
  const largestRank = Math.min(options.largestRank, sketch.width - 1, rows.length - folds[0]!.length - 1);

  const heldOut = folds.map((fold) => takeHeldOut(sample.latents, fold));
  const training = parts.map((part) => subtractStatistics(whole, part));
  const effects = training.map((statistics) => regressOnAnchors(statistics, sample.cisAnchors));
  const effectShare = confirmedEffects(heldOut, effects, sample.cisAnchors);
  const coefficients = effects.map((effect) => combineEffects(effect, effectShare, sample.cisAnchors));
  const directions = training.map((statistics, f) => {
    options.signal?.throwIfAborted();
    return findResidualDirections(statistics, coefficients[f]!, correlation, Math.max(1, largestRank));
  });
  const residuals = heldOut.map((fold, f) => {
    const { anchorMoment, patients } = training[f]!;
    const unseen = correlation.map((value, k) => value - anchorMoment[k]! / patients);
    return residualsOf(fold, coefficients[f]!, unseen);
  });

  const prior = createLoadingPrior(genes, sample.geneSets);
  const tried = candidateRanks
    .filter((rank) => rank <= largestRank)
    .map((rank) => {
      options.signal?.throwIfAborted();
      const patients = residuals.flatMap((residual, f) => {
        const shrinkage = prior && { prior, patients: training[f]!.patients };
        const loadings = composeLoadings(coefficients[f]!, directions[f]!, rank, shrinkage);
        return [...residualLogLikelihoods(residual, loadings)];
      });
      return { rank, patients, logLikelihood: mean(patients) / genes };
    });
  const best = tried.reduce((a, b) => (b.logLikelihood > a.logLikelihood ? b : a));
  const chosen = tried.find(({ patients }) => isWithinOneStandardError(patients, best.patients))!;
  const candidates = tried.map(({ rank, logLikelihood }) => ({ rank, logLikelihood }));
  return { rank: chosen.rank, effectShare, candidates };
}

/** Whether the mean loss of `values` against `best`, pair by pair, is at most its standard error. */
function isWithinOneStandardError(values: readonly number[], best: readonly number[]): boolean {
  const losses = best.map((value, i) => value - values[i]!);
  const loss = mean(losses);
  const variance = losses.reduce((sum, value) => sum + (value - loss) ** 2, 0) / Math.max(1, losses.length - 1);
  return loss <= Math.sqrt(variance / losses.length);
}

/** Patients with any expression: the others would be held out with nothing to be measured by. */
function measuredRows({ geneLatents, genes }: PatientLatents): number[] {
  const rows: number[] = [];
  for (let row = 0; row * genes < geneLatents.length; row++) {
    for (let j = 0; j < genes; j++) {
      if (Number.isNaN(geneLatents[row * genes + j]!)) continue;
      rows.push(row);
      break;
    }
  }
  return rows;
}

function sampleGenes(latents: PatientLatents, { seed, cisAnchors, geneSets }: RankOptions) {
  const { genes, geneLatents } = latents;
  if (genes <= largestGeneSample) return { latents, cisAnchors, geneSets };
  const chosen = new RandomStream(seed, streamId("factor-copula/gene-sample"))
    .permutation(genes)
    .subarray(0, largestGeneSample)
    .sort();
  const positionInSample = new Map([...chosen].map((j, at) => [j, at]));
  const patients = geneLatents.length / genes;
  const values = new Float32Array(patients * chosen.length);
  for (let i = 0; i < patients; i++) {
    for (let j = 0; j < chosen.length; j++) values[i * chosen.length + j] = geneLatents[i * genes + chosen[j]!]!;
  }
  return {
    latents: { ...latents, genes: chosen.length, geneLatents: values },
    cisAnchors: Int32Array.from(chosen, (j) => cisAnchors[j]!),
    geneSets: geneSets.map((set) => Int32Array.from([...set].flatMap((j) => positionInSample.get(j) ?? []))),
  };
}
