import { differentiateByPredictor } from "./breslow-derivatives.ts";
import { evaluatePartialLikelihood } from "./cox-likelihood.ts";
import type { EventIndicators } from "./observations.ts";

/** Patients by time descending; covariates by column (covariate j of patient i at j × patients + i). */
export interface PenalisedDesign {
  readonly timesDays: Float64Array;
  readonly events: EventIndicators;
  readonly columns: Float64Array;
  readonly width: number;
}

/** Minimised is −log likelihood / patients + penalty × Σ (mixing |β| + (1 − mixing) β² / 2). */
export interface ElasticNet {
  readonly penalty: number;
  /** 1 is the lasso; 0 would be ridge. */
  readonly mixing: number;
}

export interface PenalisedOptimum {
  readonly coefficients: Float64Array;
  readonly logLikelihood: number;
  readonly converged: boolean;
}

const maximumRounds = 100;
const maximumSweeps = 1000;
const maximumHalvings = 30;
/** Optimal when no condition of Karush, Kuhn and Tucker is missed by more than this, in units of the gradient. */
const optimality = 1e-9;

/**
 * Minimises the penalised likelihood from a warm start: each round replaces the likelihood by its second-order
 * expansion in the covariates in play, minimises that by cyclic coordinate descent, and steps there, less far where
 * that would lose. With the whole second derivative, not its diagonal alone, few rounds suffice also where the
 * penalty is small.
 * Source: Simon, Friedman, Hastie & Tibshirani 2011; Lee, Sun & Saunders 2014 (proximal Newton).
 */
export function minimisePenalised(design: PenalisedDesign, net: ElasticNet, start: Float64Array): PenalisedOptimum {
  const { timesDays, events, columns, width } = design;
  const n = timesDays.length;
  const lasso = net.penalty * net.mixing;
  const ridge = net.penalty * (1 - net.mixing);
  let coefficients = start;
  let predictor = predictFrom(design, coefficients);
  let current = differentiateByPredictor(timesDays, events, predictor);
  let objective = penalised(current.logLikelihood, n, coefficients, lasso, ridge);
  const finish = (converged: boolean) => ({ coefficients, logLikelihood: current.logLikelihood, converged });
  for (let round = 0; round < maximumRounds; round++) {
    const active: number[] = [];
    let missed = 0;
    for (let j = 0; j < width; j++) {
      const beta = coefficients[j]!;
      const slope = columnProduct(columns, j, n, current.residuals) / n - ridge * beta;
      const excess = beta === 0 ? Math.max(0, Math.abs(slope) - lasso) : Math.abs(slope - Math.sign(beta) * lasso);
      missed = Math.max(missed, excess);
      if (beta !== 0 || excess > 0) active.push(j);
    }
    if (missed <= optimality) return finish(true);
    const proposed = minimiseExpansion(
      design,
      active,
      coefficients,
      { lasso, ridge },
      Math.max(optimality / 10, Math.min(missed / 100, missed ** 2)),
    );
    let accepted = false;
    for (let halving = 0, fraction = 1; halving < maximumHalvings && !accepted; halving++, fraction /= 2) {
      const trial = coefficients.map((value, j) => value + fraction * (proposed[j]! - value));
      const trialPredictor = predictFrom(design, trial);
      const next = differentiateByPredictor(timesDays, events, trialPredictor);
      const nextObjective = penalised(next.logLikelihood, n, trial, lasso, ridge);
      // Equal up to rounding counts as no loss; else the last steps would be refused.
      if (!(nextObjective <= objective + 1e-14 * Math.abs(objective))) continue;
      accepted = true;
      [coefficients, predictor, current, objective] = [trial, trialPredictor, next, nextObjective];
    }
    if (!accepted) return finish(false);
  }
  return finish(false);
}

/** The steepest slope of log likelihood / patients by a coefficient. */
export function largestSlope({ columns, width, timesDays }: PenalisedDesign, residuals: Float64Array): number {
  const n = timesDays.length;
  let largest = 0;
  for (let j = 0; j < width; j++) largest = Math.max(largest, Math.abs(columnProduct(columns, j, n, residuals)) / n);
  return largest;
}

/** Coordinate descent on the expansion of one round; moves no other than the active coefficients. */
function minimiseExpansion(
  design: PenalisedDesign,
  active: readonly number[],
  from: Float64Array,
  { lasso, ridge }: { readonly lasso: number; readonly ridge: number },
  tolerance: number,
): Float64Array {
  const n = design.timesDays.length;
  const size = active.length;
  const covariates = new Float64Array(n * size);
  for (const [position, j] of active.entries()) {
    for (let i = 0; i < n; i++) covariates[i * size + position] = design.columns[j * n + i]!;
  }
  const start = Float64Array.from(active, (j) => from[j]!);
  const { timesDays, events } = design;
  const expansion = { timesDays, events, covariates, width: size };
  const { score, information } = evaluatePartialLikelihood(expansion, start, "breslow");
  const slope = score.map((value) => value / n);
  const beta = Float64Array.from(start);
  for (let sweep = 0; sweep < maximumSweeps; sweep++) {
    let largest = 0;
    for (let a = 0; a < size; a++) {
      const curvature = Math.max(0, information[a * size + a]! / n);
      if (curvature + ridge === 0) continue;
      const pull = slope[a]! + curvature * beta[a]!;
      const after = (Math.sign(pull) * Math.max(0, Math.abs(pull) - lasso)) / (curvature + ridge);
      const change = after - beta[a]!;
      if (change === 0) continue;
      beta[a] = after;
      for (let b = 0; b < size; b++) slope[b]! -= (information[b * size + a]! / n) * change;
      largest = Math.max(largest, Math.abs(change) * (curvature + ridge));
    }
    if (largest <= tolerance) break;
  }
  const coefficients = Float64Array.from(from);
  active.forEach((j, position) => (coefficients[j] = beta[position]!));
  return coefficients;
}

function penalised(logLikelihood: number, n: number, beta: Float64Array, lasso: number, ridge: number): number {
  return beta.reduce((sum, value) => sum + lasso * Math.abs(value) + (ridge * value ** 2) / 2, -logLikelihood / n);
}

/** η = Xβ from columns. */
function predictFrom({ columns, timesDays }: PenalisedDesign, coefficients: Float64Array): Float64Array {
  const n = timesDays.length;
  const predictor = new Float64Array(n);
  coefficients.forEach((beta, j) => {
    if (beta !== 0) for (let i = 0; i < n; i++) predictor[i]! += columns[j * n + i]! * beta;
  });
  return predictor;
}

/** Σᵢ x_ij v_i. */
function columnProduct(columns: Float64Array, j: number, n: number, v: Float64Array): number {
  let sum = 0;
  for (let i = 0, at = j * n; i < n; i++, at++) sum += columns[at]! * v[i]!;
  return sum;
}
