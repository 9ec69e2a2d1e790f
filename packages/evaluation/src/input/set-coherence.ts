import { correlateProfiles, type CorrelationProfiles } from "./correlation-profiles.ts";
import type { MeasuredSet } from "./evaluation-panel.ts";

/**
 * Coherence of each measured set: the mean correlation over its gene pairs. A pair of which a gene
 * does not vary counts 0. Among columns of unit length Σ_{a<b} r_ab = (‖Σ u_a‖² − g) / 2, which is linear
 * in the set's size; pairs with unknown values are taken one by one.
 */
export function computeSetCoherences(profiles: CorrelationProfiles, sets: readonly MeasuredSet[]): Float64Array {
  const { patientCount: n, unit, varies, unknown } = profiles;
  const total = new Float64Array(n);
  return Float64Array.from(sets, ({ columns }) => {
    const complete = columns.filter((column) => varies[column] === 1 && unknown[column]!.length === 0);
    const partial = columns.filter((column) => varies[column] === 1 && unknown[column]!.length > 0);
    total.fill(0);
    for (const column of complete) for (let i = 0; i < n; i++) total[i]! += unit[column * n + i]!;
    let sum = (total.reduce((squares, value) => squares + value * value, 0) - complete.length) / 2;
    partial.forEach((column, k) => {
      for (const other of complete) sum += zeroIfNone(correlateProfiles(profiles, column, other));
      for (let later = k + 1; later < partial.length; later++) {
        sum += zeroIfNone(correlateProfiles(profiles, column, partial[later]!));
      }
    });
    return sum / ((columns.length * (columns.length - 1)) / 2);
  });
}

function zeroIfNone(correlation: number): number {
  return Number.isNaN(correlation) ? 0 : correlation;
}
