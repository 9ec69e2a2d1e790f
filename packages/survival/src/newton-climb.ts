import { factoriseCholesky, solveFactorised } from "@osteon/numerics";

/** A concave log likelihood with its first derivatives and the negative of its second ones. */
export interface LikelihoodDerivatives {
  readonly logLikelihood: number;
  readonly score: Float64Array;
  /** width × width, row-major. */
  readonly information: Float64Array;
}

export interface ClimbProblem {
  readonly start: Float64Array;
  /** The log likelihood is −Infinity where the coefficients are not allowed. */
  readonly evaluate: (coefficients: Float64Array) => LikelihoodDerivatives;
  /** How far a direction moves two patients apart on the scale of the log hazard. */
  readonly spreadOf: (direction: Float64Array) => number;
}

export type ClimbOutcome =
  | {
      readonly status: "converged";
      readonly coefficients: Float64Array;
      readonly information: Float64Array;
      readonly logLikelihood: number;
      readonly iterations: number;
    }
  | {
      readonly status: "collinear" | "monotone-likelihood" | "not-converged";
      /** Indices of the coefficients concerned. */
      readonly covariates: readonly number[];
    };

/** A covariate with a smaller share of its own is taken for a combination of those before it. */
export const collinearityTolerance = 1e-11;
const maximumIterations = 60;
const maximumHalvings = 40;
/** Converged when no patient's linear predictor moves by more … */
const smallestMove = 1e-9;
/** … or when the step promises less than the rounding of a long sum, relative to the log likelihood. */
const roundingShare = 1e-13;
/** The likelihood stands still … */
const flatGain = 1e-8;
/** … while predictors still move by this much a step: the sign of a monotone likelihood. */
const steadyMove = 0.05;
/** No step moves two patients apart by more than a factor e^20 in hazard. */
const largestMove = 20;

/**
 * Maximises a concave likelihood of standardised covariates by Newton–Raphson with step halving.
 *
 * Under separation the likelihood has no maximum: it rises towards a limit while β grows by about one
 * unit of the predictor each step. Both together, twice in a row, end the climb with a statement. A
 * proper maximum cannot look like this, since Newton's steps and gains then shrink together,
 * quadratically.
 */
export function climb({ start, evaluate, spreadOf }: ClimbProblem): ClimbOutcome {
  const width = start.length;
  let coefficients = start;
  let current = evaluate(coefficients);
  let flatSteps = 0;
  for (let iteration = 1; iteration <= maximumIterations; iteration++) {
    const factor = factoriseCholesky(current.information, width, collinearityTolerance);
    if ("dependentColumn" in factor) {
      return iteration > 3 && spreadOf(coefficients) > largestMove
        ? { status: "monotone-likelihood", covariates: growing(coefficients) }
        : { status: "collinear", covariates: [factor.dependentColumn] };
    }
    const step = solveFactorised(factor.lower, width, current.score);
    const spread = spreadOf(step);
    if (spread > largestMove) for (let j = 0; j < width; j++) step[j]! *= largestMove / spread;
    const move = Math.min(spread, largestMove);
    const rounding = roundingShare * (Math.abs(current.logLikelihood) + 1);
    const promised = current.score.reduce((sum, value, j) => sum + value * step[j]!, 0) / 2;
    if (move <= smallestMove || promised <= rounding) {
      return {
        status: "converged",
        coefficients: add(coefficients, step, 1),
        information: current.information,
        logLikelihood: current.logLikelihood,
        iterations: iteration,
      };
    }
    let fraction = 1;
    let proposed = add(coefficients, step, fraction);
    let next = evaluate(proposed);
    // Equal up to rounding counts as no loss; else the last steps of a good climb would be refused.
    for (let halving = 0; !(next.logLikelihood >= current.logLikelihood - rounding); halving++) {
      if (halving === maximumHalvings) return { status: "not-converged", covariates: growing(step) };
      fraction /= 2;
      proposed = add(coefficients, step, fraction);
      next = evaluate(proposed);
    }
    const gain = next.logLikelihood - current.logLikelihood;
    flatSteps = gain < flatGain * (Math.abs(current.logLikelihood) + 1) && move > steadyMove ? flatSteps + 1 : 0;
    if (flatSteps === 2) return { status: "monotone-likelihood", covariates: growing(step) };
    coefficients = proposed;
    current = next;
  }
  return { status: "not-converged", covariates: Array.from({ length: width }, (_, j) => j) };
}

/** The covariates that carry a direction: those within a tenth of its largest component. */
function growing(direction: Float64Array): number[] {
  const largest = direction.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return [...direction.keys()].filter((j) => Math.abs(direction[j]!) >= largest / 10);
}

function add(a: Float64Array, b: Float64Array, fraction: number): Float64Array {
  return Float64Array.from(a, (value, j) => value + fraction * b[j]!);
}
