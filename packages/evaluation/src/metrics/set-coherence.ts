import { correlateProfiles } from "../input/correlation-profiles.ts";
import type { EvaluationInput } from "../input/evaluation-input.ts";

/**
 * Coherence of each measured set: the mean correlation over its gene pairs. A pair of which a gene
 * does not vary counts 0. Among unit-length columns Σ_{a<b} r_ab = (‖Σ u_a‖² − g) / 2, which is linear
 * in the set's size.
 */
export function computeSetCoherences(input: EvaluationInput): Float64Array {
  const { profiles, panel } = input;
  const { patientCount: n, unit, state } = profiles;
  const total = new Float64Array(n);
  return Float64Array.from(panel.measuredSets, ({ columns }) => {
    total.fill(0);
    let complete = 0;
    let sum = 0;
    for (let a = 0; a < columns.length; a++) {
      const column = columns[a]!;
      if (state[column] === 1) {
        complete++;
        for (let i = 0; i < n; i++) total[i]! += unit[column * n + i]!;
      }
      for (let b = 0; b < columns.length; b++) {
        // Pairs with unknown values one by one, each once.
        const other = columns[b]!;
        if (state[column] !== -1 || (state[other] === -1 && b >= a)) continue;
        const correlation = correlateProfiles(profiles, column, other);
        if (!Number.isNaN(correlation)) sum += correlation;
      }
    }
    sum += (total.reduce((squares, value) => squares + value * value, 0) - complete) / 2;
    return sum / ((columns.length * (columns.length - 1)) / 2);
  });
}
