import type { EvaluationInput } from "../input/evaluation-input.ts";
import type { CorrelationFigure } from "../report/evaluation-report.ts";
import { smallestCell } from "./smallest-cell.ts";

/** Correlations of pathway scores; a pair that does not vary has 0. */
export function comparePathwayCorrelations(real: EvaluationInput, synthetic: EvaluationInput): CorrelationFigure {
  const { names } = real.pathways;
  if (real.patientCount < smallestCell) return { names: [], real: [], synthetic: [] };
  return {
    names,
    real: squareOf(real.pathwayCorrelations, names.length),
    synthetic: squareOf(synthetic.pathwayCorrelations, names.length),
  };
}

/** The symmetric matrix of the pairs a < b, by a, then b. */
function squareOf(pairs: Float32Array, size: number): readonly number[] {
  const square = Array.from({ length: size * size }, () => 1);
  let pair = 0;
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      const correlation = pairs[pair++]!;
      const shown = Number.isNaN(correlation) ? 0 : Math.round(correlation * 1e4) / 1e4;
      square[a * size + b] = shown;
      square[b * size + a] = shown;
    }
  }
  return square;
}
