import { normalCdf, normalDensity, normalQuantile, normalSurvival } from "./normal-distribution.ts";

/**
 * Standard normal restricted to (lower, upper), by inversion of one uniform. Works in the tail that
 * holds the drawn value, so it keeps its digits at 10 and more standard deviations.
 *
 * @param uniform above 0 and below 1
 */
export function truncatedNormalQuantile(uniform: number, lower: number, upper: number): number {
  const belowLower = normalCdf(lower);
  const interval = lower > 0 ? normalInterval(lower, upper) : normalCdf(upper) - belowLower;
  const below = belowLower + uniform * interval;
  const drawn =
    below <= 0.5 ? normalQuantile(below) : -normalQuantile(normalSurvival(upper) + (1 - uniform) * interval);
  // Beyond 38 standard deviations no probability is left to invert.
  return Math.min(Math.max(Number.isFinite(drawn) ? drawn : nearest(lower, upper), lower), upper);
}

/** P(lower < Z ≤ upper), accurate in both tails. */
export function normalInterval(lower: number, upper: number): number {
  return lower > 0 ? normalSurvival(lower) - normalSurvival(upper) : normalCdf(upper) - normalCdf(lower);
}

/** E[Z | lower < Z < upper]. Source: Johnson, Kotz, Balakrishnan 1994, §13.10.1. */
export function truncatedNormalMean(lower: number, upper: number): number {
  const middle = (lower + upper) / 2;
  const width = upper - lower;
  // In a narrow interval the formula cancels; there the density is a straight line.
  if (width * (1 + Math.abs(middle)) < 1e-3) return middle - (middle * width * width) / 12;
  const mass = normalInterval(lower, upper);
  if (!(mass > 1e-300)) return nearest(lower, upper);
  return Math.min(Math.max((normalDensity(lower) - normalDensity(upper)) / mass, lower), upper);
}

function nearest(lower: number, upper: number): number {
  if (lower > 0) return lower;
  return upper < 0 ? upper : 0;
}
