import { normalCdf, normalSurvival } from "@osteon/numerics";
import { solveIncreasing } from "./solve-increasing.ts";

/**
 * The exact δ of continuous Gaussian noise at ε: Φ(1/2m − εm) − e^ε Φ(−1/2m − εm).
 * Source: Balle & Wang 2018, Theorem 8.
 *
 * @param noiseMultiplier m, standard deviation of the noise over the sensitivity
 */
export function deltaOfGaussian(noiseMultiplier: number, epsilon: number): number {
  const half = 1 / (2 * noiseMultiplier);
  const tail = normalSurvival(half + epsilon * noiseMultiplier);
  const weighted = tail === 0 ? 0 : Math.exp(epsilon + Math.log(tail));
  return Math.max(0, normalCdf(half - epsilon * noiseMultiplier) - weighted);
}

/**
 * The exact ε of continuous Gaussian noise at δ. Several releases with multipliers m₁, m₂, … are together one
 * with (Σ 1/mᵢ²)^−½ (Dong, Roth & Su 2022, Corollary 3.3).
 */
export function epsilonOfGaussian(noiseMultiplier: number, delta: number): number {
  if (deltaOfGaussian(noiseMultiplier, 0) <= delta) return 0;
  // The zCDP bound of Bun & Steinke 2016, Proposition 3, is above the exact value.
  const rho = 1 / (2 * noiseMultiplier ** 2);
  const largest = rho + 2 * Math.sqrt(rho * Math.log(1 / delta));
  return solveIncreasing((epsilon) => delta - deltaOfGaussian(noiseMultiplier, epsilon), 0, largest);
}
