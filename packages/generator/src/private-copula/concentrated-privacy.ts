import { solveIncreasing } from "./solve-increasing.ts";

/**
 * ρ of one Gaussian release, continuous or discrete: Δ² / (2σ²). Releases of the same patients add up, also
 * where a later one depends on what an earlier one showed.
 * Source: Bun & Steinke 2016, Proposition 6 and Lemma 7; Canonne, Kamath & Steinke 2020, Theorem 14.
 *
 * @param sensitivity L2 distance that one patient can make
 * @param noiseDeviation standard deviation of the noise of each number
 */
export function rhoOfGaussian(sensitivity: number, noiseDeviation: number): number {
  return sensitivity ** 2 / (2 * noiseDeviation ** 2);
}

/**
 * The least δ known for which ρ-zCDP is (ε, δ)-differential privacy:
 * min over α > 1 of exp((α − 1)(αρ − ε)) / (α − 1) · (1 − 1/α)^α.
 * Source: Canonne, Kamath & Steinke 2020, Corollary 13.
 */
export function deltaOfRho(rho: number, epsilon: number): number {
  if (rho === 0) return 0;
  // In β = α − 1, which keeps its digits near 0; the logarithm is convex in it.
  const slope = (beta: number) => (2 * beta + 1) * rho - epsilon - Math.log1p(1 / beta);
  const beta = solveIncreasing(slope, smallestBeta, (epsilon + 1) / (2 * rho) + 2);
  const exponent = beta * ((beta + 1) * rho - epsilon) - (beta + 1) * Math.log1p(1 / beta) - Math.log(beta);
  return Math.min(1, Math.exp(exponent));
}

const smallestBeta = 1e-9;

/** The least ε for which ρ-zCDP is (ε, δ)-differential privacy by {@link deltaOfRho}; 0 < δ < 1. */
export function epsilonOfRho(rho: number, delta: number): number {
  // Bun & Steinke 2016, Proposition 3: never less than the tight value.
  const largest = rho + 2 * Math.sqrt(rho * Math.log(1 / delta));
  return rho === 0 ? 0 : nextUp(solveIncreasing((epsilon) => delta - deltaOfRho(rho, epsilon), 0, largest));
}

/** The largest ρ that is (ε, δ)-differential privacy by {@link deltaOfRho}; ε above 0, 0 < δ < 1. */
export function rhoOfEpsilon(epsilon: number, delta: number): number {
  return solveIncreasing((rho) => deltaOfRho(rho, epsilon) - delta, 0, epsilon + 1);
}

/** A bound found by bisection from below, moved to the safe side. */
function nextUp(value: number): number {
  return value * (1 + Number.EPSILON);
}
