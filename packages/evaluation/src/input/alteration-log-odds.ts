import { COPY_NUMBER_UNKNOWN, UNKNOWN } from "@osteon/cohort";
import type { EvaluationCohort } from "./evaluation-cohort.ts";

/** Shrunken log-odds ratios of alteration pairs; NaN where fewer than 3 patients are known in both. */
export interface AlterationLogOdds {
  /** All pairs of mutated genes. */
  readonly mutations: Float64Array;
  /** All pairs of gains and losses of different genes. */
  readonly copyNumber: Float64Array;
  /** Each mutated gene with each gain, then with each loss. */
  readonly across: Float64Array;
}

/** Prior variance of a log-odds ratio: 95 % of true ones lie within a factor 7 of no association. */
const priorVariance = 1;
/** Patients' worth of independence added to a table: as much as Haldane's and Anscombe's four halves. */
const pseudoPatients = 2;

/** By patient 1 altered, 0 not, −1 unknown; one array an alteration. */
type States = Int8Array;

export function computeAlterationLogOdds(cohort: EvaluationCohort): AlterationLogOdds {
  const mutated = readStates(cohort.mutations, UNKNOWN, (value) => value === 1);
  const gained = readStates(cohort.copyNumber, COPY_NUMBER_UNKNOWN, (value) => value >= 1);
  const lost = readStates(cohort.copyNumber, COPY_NUMBER_UNKNOWN, (value) => value <= -1);
  const imbalanced = [...gained, ...lost];
  const sameGene = (a: number, b: number): boolean => b - a === gained.length;
  return {
    mutations: pairsWithin(mutated, () => true),
    copyNumber: pairsWithin(imbalanced, (a, b) => !sameGene(a, b)),
    across: Float64Array.from(
      mutated.flatMap((first) => imbalanced.map((second) => shrinkLogOdds(countPair(first, second)))),
    ),
  };
}

/** Patients of a 2 × 2 table. */
export interface PairCounts {
  readonly both: number;
  readonly first: number;
  readonly second: number;
  readonly neither: number;
}

/**
 * Log-odds ratio, shrunken twice. To each cell goes its share of {@link pseudoPatients} under independence, so
 * that empty cells stay finite and, unlike with a half in each cell, a rare alteration looks associated
 * with nothing (pseudo-Bayes, Bishop, Fienberg and Holland 1975, chapter 12). The estimate θ of variance
 * v = Σ 1 / cell is then drawn to 0 by a normal prior of variance τ²: θ τ² / (τ² + v).
 */
export function shrinkLogOdds({ both, first, second, neither }: PairCounts): number {
  const known = both + first + second + neither;
  if (known < 3) return Number.NaN;
  const shareFirst = (both + first + 0.5) / (known + 1);
  const shareSecond = (both + second + 0.5) / (known + 1);
  const a = both + pseudoPatients * shareFirst * shareSecond;
  const b = first + pseudoPatients * shareFirst * (1 - shareSecond);
  const c = second + pseudoPatients * (1 - shareFirst) * shareSecond;
  const d = neither + pseudoPatients * (1 - shareFirst) * (1 - shareSecond);
  const variance = 1 / a + 1 / b + 1 / c + 1 / d;
  return (Math.log((a * d) / (b * c)) * priorVariance) / (priorVariance + variance);
}

function pairsWithin(states: readonly States[], counts: (a: number, b: number) => boolean): Float64Array {
  const values: number[] = [];
  states.forEach((first, a) => {
    for (let b = a + 1; b < states.length; b++) {
      if (counts(a, b)) values.push(shrinkLogOdds(countPair(first, states[b]!)));
    }
  });
  return Float64Array.from(values);
}

function countPair(first: States, second: States): PairCounts {
  const counts = new Uint32Array(4);
  for (let i = 0; i < first.length; i++) {
    const one = first[i]!;
    const other = second[i]!;
    if (one >= 0 && other >= 0) counts[2 * one + other]!++;
  }
  return { both: counts[3]!, first: counts[2]!, second: counts[1]!, neither: counts[0]! };
}

function readStates(
  table: { readonly genes: readonly string[]; readonly values: Int8Array },
  unknown: number,
  isAltered: (value: number) => boolean,
): readonly States[] {
  const width = table.genes.length;
  return table.genes.map((_, j) => {
    const states = new Int8Array(width === 0 ? 0 : table.values.length / width);
    return states.map((__, i) => {
      const value = table.values[i * width + j]!;
      return value === unknown ? -1 : Number(isAltered(value));
    });
  });
}
