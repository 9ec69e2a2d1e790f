import { normalCdf, normalDensity, normalQuantile, normalSurvival } from "./normal-distribution.ts";

/**
 * Standard normal restricted to (lower, upper), by inversion of one uniform. Works in the tail that
 * holds the interval, so it keeps its digits at 10 and more standard deviations.
 */
export function truncatedNormalQuantile(uniform: number, lower: number, upper: number): number {
  if (lower > 0) return -truncatedNormalQuantile(1 - uniform, -upper, -lower);
  const from = normalCdf(lower);
  const to = normalCdf(upper);
  const p = from + uniform * (to - from);
  if (!(p > 0 && p < 1)) return nearest(lower, upper);
  return Math.min(Math.max(normalQuantile(p), lower), upper);
}

/** P(lower < Z ≤ upper), accurate in both tails. */
export function normalInterval(lower: number, upper: number): number {
  return lower > 0 ? normalSurvival(lower) - normalSurvival(upper) : normalCdf(upper) - normalCdf(lower);
}

/** E[Z | lower < Z < upper]. Source: Johnson, Kotz, Balakrishnan 1994, §13.10.1. */
export function truncatedNormalMean(lower: number, upper: number): number {
  const mass = normalInterval(lower, upper);
  if (!(mass > 1e-300)) return nearest(lower, upper);
  return (normalDensity(lower) - normalDensity(upper)) / mass;
}

function nearest(lower: number, upper: number): number {
  if (lower > 0) return lower;
  return upper < 0 ? upper : 0;
}
