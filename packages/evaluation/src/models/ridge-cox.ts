import { choleskyFactor, solveFactorised } from "@osteon/numerics";
import { evaluatePartialLikelihood, type CoxDesign } from "@osteon/survival";

const maximumSteps = 30;
/** Converged when no standardised coefficient moves by more. */
const smallestMove = 1e-6;

/**
 * Cox's model with a ridge: minimises −ℓ(β) + Σ penaltyⱼ βⱼ² / 2 by Newton's steps with halving. Positive penalties
 * make the maximum exist even where a covariate separates the deaths.
 * Source: Verweij and van Houwelingen 1994, Stat Med 13:2427.
 *
 * @param design by time descending, columns standardised
 * @returns log hazard ratios, or null where nobody died
 */
export function fitRidgeCox(design: CoxDesign, penalties: Float64Array): Float64Array | null {
  const { width } = design;
  if (!design.events.includes(1) || width === 0) return null;
  let coefficients = new Float64Array(width);
  let current = evaluatePartialLikelihood(design, coefficients, "efron");
  let objective = current.logLikelihood;
  for (let step = 0; step < maximumSteps; step++) {
    const { score, information } = current;
    for (let j = 0; j < width; j++) {
      score[j]! -= penalties[j]! * coefficients[j]!;
      information[j * width + j]! += penalties[j]!;
    }
    const factor = choleskyFactor(information, width);
    if (factor === null) return null;
    const move = solveFactorised(factor, width, score);
    let fraction = 1;
    for (;;) {
      const proposed = coefficients.map((value, j) => value + fraction * move[j]!);
      const next = evaluatePartialLikelihood(design, proposed, "efron");
      const penalised = next.logLikelihood - penaltyOf(proposed, penalties);
      if (penalised >= objective - 1e-10 * Math.abs(objective) || fraction < 1e-6) {
        [coefficients, current, objective] = [proposed, next, penalised];
        break;
      }
      fraction /= 2;
    }
    if (move.every((value) => Math.abs(value) < smallestMove)) break;
  }
  return coefficients;
}

function penaltyOf(coefficients: Float64Array, penalties: Float64Array): number {
  return coefficients.reduce((sum, value, j) => sum + (penalties[j]! * value * value) / 2, 0);
}
