import { normalCdf, normalQuantile, smallestNormal } from "@osteon/numerics";
import { cumulativeHazard, survivalQuantile, type PiecewiseExponential } from "@osteon/survival";

/** Latent normal of a survival time: Φ⁻¹ of the probability of death by then; −∞ at 0 days, at most 37.5. */
export function latentOfTime(hazard: PiecewiseExponential, timeDays: number): number {
  // Through the survival probability, which keeps its digits where the death probability is near 1.
  return -normalQuantile(Math.max(Math.exp(-cumulativeHazard(hazard, timeDays)), smallestNormal));
}

/** Survival time in days of a latent normal. */
export function timeOfLatent(hazard: PiecewiseExponential, latent: number): number {
  return survivalQuantile(hazard, Math.max(normalCdf(-latent), smallestNormal));
}
