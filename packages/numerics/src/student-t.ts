import { betaQuantile } from "./incomplete-beta.ts";

/**
 * Quantile of Student's t: t² / (ν + t²) follows a beta distribution with parameters ½ and ν / 2.
 *
 * @param probability between 0 and 1, exclusive
 * @param degreesOfFreedom above 0
 */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  const central = betaQuantile(Math.abs(2 * probability - 1), 0.5, degreesOfFreedom / 2);
  return Math.sign(probability - 0.5) * Math.sqrt((degreesOfFreedom * central) / (1 - central));
}
