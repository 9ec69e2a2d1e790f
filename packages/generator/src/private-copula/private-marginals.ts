import type { ExpressionUnit } from "@osteon/cohort";
import { normalInterval, truncatedNormalMean } from "@osteon/numerics";
import type { PiecewiseExponential } from "@osteon/survival";
import { codePriors, priorStrength, type ClinicalVariable, type Marginals } from "../factor-copula/marginals.ts";
import {
  latentGridFor,
  noFloor,
  QuantileTableFitter,
  quantileTableLatent,
  tableWidth,
} from "../factor-copula/quantile-table.ts";
import { latentOfTime } from "../factor-copula/survival-latent.ts";
import { fitThresholds, latentInterval } from "../factor-copula/thresholds.ts";
import { cutToSupport, makePlausible, spreadOverCells } from "./plausible-counts.ts";
import { ageEdges, expressionEdges, followUpKnotsDays, necrosisEdges } from "./public-ranges.ts";

/** What is taken to be known without the patients. */
export interface PublicNames {
  /** In the order of the model: survival, age, metastasis, then those that were asked for. */
  readonly clinical: readonly ClinicalVariable[];
  readonly mutationGenes: readonly string[];
  readonly copyNumberGenes: readonly string[];
  readonly genes: readonly string[];
  readonly unit: ExpressionUnit;
}

/** Marginals made of noisy counts alone. */
export interface PrivateMarginals {
  readonly marginals: Marginals;
  /** One quantile table a gene, gene-major. */
  readonly geneTables: Float32Array;
  /**
   * Variance of E[latent | what is known of a patient] of each variable, in the model's order: 1 for a
   * continuous one, less for codes and censored times.
   */
  readonly scoreVariances: Float64Array;
  /** Share of the patients in whom each variable is known. */
  readonly knownShares: Float64Array;
}

/** Values that stand in for a variable's patients; more would not make its cells finer. */
const largestSample = 500;
/** No variable is taken to tell less than this of its latent: a floor for the divisions. */
const smallestScoreVariance = 0.05;

/**
 * Builds every marginal from the noisy counts of its cells. It sees no patient: everything here and after is
 * post-processing.
 *
 * @param noisy counts of each variable, in the order of `cellVariablesOf`
 * @param noiseDeviation of each count
 */
export function buildMarginals(
  { clinical, mutationGenes, copyNumberGenes, genes, unit }: PublicNames,
  noisy: readonly ArrayLike<number>[],
  patients: number,
  noiseDeviation: number,
): PrivateMarginals {
  const grid = latentGridFor(patients);
  const width = tableWidth(grid);
  const fitter = new QuantileTableFitter(grid);
  const sampleSize = Math.min(patients, largestSample);
  const scoreVariances: number[] = [];
  const knownShares: number[] = [];

  const fitTable = (cells: Float64Array, edges: readonly number[], lowest: number): Float64Array => {
    const sample = spreadOverCells(cells, edges, sampleSize);
    const table = new Float64Array(width);
    fitter.fit(sample, table, lowest);
    scoreVariances.push(meanSquare(sample.map((value) => quantileTableLatent(table, 0, grid, value))));
    return table;
  };
  const fitCuts = (cells: Float64Array, prior: readonly number[]): number[] => {
    const cuts = fitThresholds([...cells], prior, priorStrength);
    scoreVariances.push(codeVariance(cuts));
    return cuts;
  };

  let next = 0;
  const clean = (noisyCells: ArrayLike<number>): Float64Array => {
    const cells = makePlausible(noisyCells, patients);
    knownShares.push(sumOf(cells) / patients);
    return cells;
  };
  const take = () => clean(noisy[next++]!);
  const takeOrdered = () => clean(cutToSupport(noisy[next++]!, noiseDeviation));
  const followUps = take();
  const deathHazard = hazardOf(followUps, 1);
  scoreVariances.push(survivalVariance(followUps, deathHazard));
  // The order of the clinical variables is that of the model; these are evaluated in it.
  const ageTable = [...fitTable(takeOrdered(), ageEdges, 0)];
  const metastasisCuts = fitCuts(take(), codePriors.metastasis);
  const maleCuts = clinical.includes("male")
    ? fitCuts(take(), codePriors.male)
    : fitThresholds([0, 0], codePriors.male, priorStrength);
  const necrosisTable = clinical.includes("necrosis") ? [...fitTable(takeOrdered(), necrosisEdges, 0)] : [];
  const mutationCuts = mutationGenes.map(() => fitCuts(take(), codePriors.mutation));
  const copyNumberCuts = copyNumberGenes.map(() => fitCuts(take(), codePriors.copyNumber));
  const geneTables = new Float32Array(genes.length * width);
  const lowest = unit === "z-score" ? noFloor : 0;
  genes.forEach((_, j) => geneTables.set(fitTable(takeOrdered(), expressionEdges[unit], lowest), j * width));

  return {
    marginals: {
      clinical,
      deathHazard,
      censoringHazard: hazardOf(followUps, 0),
      grid,
      ageTable,
      necrosisTable,
      metastasisCuts,
      maleCuts,
      mutationGenes,
      mutationCuts,
      copyNumberGenes,
      copyNumberCuts,
    },
    geneTables,
    knownShares: Float64Array.from(knownShares),
    scoreVariances: Float64Array.from(scoreVariances, (variance) => Math.max(smallestScoreVariance, variance)),
  };
}

/**
 * Actuarial hazard of one kind of end: ends over the days at risk, those who leave within an interval being
 * followed for half of it; half an end where none was counted.
 */
function hazardOf(followUps: Float64Array, kind: 0 | 1): PiecewiseExponential {
  const pieces = followUps.length / 2;
  const hazards = new Float64Array(pieces);
  let after = 0;
  for (let k = pieces - 1; k >= 0; k--) {
    const leaving = followUps[2 * k]! + followUps[2 * k + 1]!;
    const daysAtRisk = (followUpKnotsDays[k + 1]! - followUpKnotsDays[k]!) * (after + leaving / 2);
    hazards[k] = Math.max(0.5, followUps[2 * k + kind]!) / Math.max(daysAtRisk, yearDays);
    after += leaving;
  }
  return { knotsDays: Float64Array.from(followUpKnotsDays.slice(0, -1)), hazards };
}

// An interval that nobody is followed into has at least this time at risk.
const yearDays = 365;

function survivalVariance(followUps: Float64Array, deathHazard: PiecewiseExponential): number {
  let sum = 0;
  followUps.forEach((count, cell) => {
    const k = cell >> 1;
    const latent = latentOfTime(deathHazard, (followUpKnotsDays[k]! + followUpKnotsDays[k + 1]!) / 2);
    sum += count * (cell % 2 === 1 ? latent : truncatedNormalMean(latent, Infinity)) ** 2;
  });
  return Math.min(1, sum / sumOf(followUps));
}

function codeVariance(cuts: readonly number[]): number {
  let sum = 0;
  for (let code = 0; code <= cuts.length; code++) {
    const interval = latentInterval(cuts, code);
    sum += normalInterval(...interval) * truncatedNormalMean(...interval) ** 2;
  }
  return sum;
}

function meanSquare(values: Float64Array): number {
  return sumOf(values.map((value) => value * value)) / values.length;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
