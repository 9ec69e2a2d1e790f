import { choleskyFactor, solveFactorised } from "@osteon/numerics";
import { chiSquareSurvival } from "./chi-square.ts";
import type { LikelihoodDerivatives } from "./newton-climb.ts";

/** A test that all coefficients are 0. */
export interface GlobalTest {
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

interface Maximum {
  readonly coefficients: Float64Array;
  readonly information: Float64Array;
  readonly logLikelihood: number;
}

/** The likelihood-ratio, Wald and score tests from the likelihood at 0 and at its maximum; as R's coxph. */
export function testGlobally(atNull: LikelihoodDerivatives, maximum: Maximum) {
  const width = maximum.coefficients.length;
  const test = (chiSquare: number): GlobalTest => ({
    chiSquare,
    degreesOfFreedom: width,
    pValue: chiSquareSurvival(chiSquare, width),
  });
  let wald = 0;
  for (let j = 0; j < width; j++) {
    for (let k = 0; k < width; k++) {
      wald += maximum.coefficients[j]! * maximum.information[j * width + k]! * maximum.coefficients[k]!;
    }
  }
  // The climb began with this matrix and could only begin because it is positive definite.
  const solved = solveFactorised(choleskyFactor(atNull.information, width)!, width, atNull.score);
  return {
    likelihoodRatio: test(Math.max(0, 2 * (maximum.logLikelihood - atNull.logLikelihood))),
    wald: test(wald),
    score: test(atNull.score.reduce((sum, value, j) => sum + value * solved[j]!, 0)),
  };
}
