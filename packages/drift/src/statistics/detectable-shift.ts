import { normalQuantile } from "@osteon/numerics";
import type { DetectableShift } from "../variables/drift-variable.ts";

/** Chance of finding a shift that is called detectable. */
const power = 0.8;
/** A large effect by Cohen 1988, in standard deviations and for shares as 2 asin √p alike. */
export const largeShift = 0.8;
const largeHazardRatio = 2.5;
/**
 * The combined statistics need a little more than the best test of a shift, which this is the formula of;
 * by `bench/drift.ts`.
 */
const inefficiency = 1.08;

/** Shift of a mean in standard deviations, by the normal approximation of two means. */
export function detectableMeanShift(reference: number, current: number, pValue: number): DetectableShift {
  const shift = inefficiency * standardShift(1 / reference + 1 / current, pValue);
  return { shift, isFine: shift <= largeShift };
}

/**
 * Shift of a share from that of the reference, up or down, whichever is smaller; null where neither fits
 * between 0 and 1. By the arcsine approximation (Cohen 1988, ch. 6).
 */
export function detectableShareShift(
  share: number,
  reference: number,
  current: number,
  pValue: number,
): DetectableShift | null {
  const arcs = inefficiency * standardShift(1 / reference + 1 / current, pValue);
  const base = 2 * Math.asin(Math.sqrt(share));
  const shifts = [base + arcs, base - arcs]
    .filter((arc) => arc >= 0 && arc <= Math.PI)
    .map((arc) => Math.abs(Math.sin(arc / 2) ** 2 - share));
  return shifts.length === 0 ? null : { shift: Math.min(...shifts), isFine: arcs <= largeShift };
}

/** Hazard ratio over 1, by Schoenfeld 1981. */
export function detectableHazardRatio(
  deaths: number,
  reference: number,
  current: number,
  pValue: number,
): DetectableShift | null {
  if (deaths === 0) return null;
  const patients = reference + current;
  const shift = Math.exp(standardShift(patients ** 2 / (deaths * reference * current), pValue));
  return { shift, isFine: shift <= largeHazardRatio };
}

/** Standard normal quantiles by which a shift has to exceed 0 to be found so surely. */
export const surely = normalQuantile(power);

function standardShift(variance: number, pValue: number): number {
  return (surely - normalQuantile(pValue / 2)) * Math.sqrt(variance);
}
