import type { EvaluationInput } from "../input/evaluation-input.ts";
import type { PathwayFigure } from "../report/evaluation-report.ts";
import { smallestCell } from "./smallest-cell.ts";

const probabilities = [0.1, 0.25, 0.5, 0.75, 0.9];
const digits = 1e4;

/**
 * Where each pathway's scores lie. A quantile is the mean of the five patients about it, and left out where fewer than
 * five are beyond it: none is a patient's own value.
 */
export function comparePathwayScores(real: EvaluationInput, synthetic: EvaluationInput): readonly PathwayFigure[] {
  return real.pathways.names.map((name, column) => ({
    name,
    real: readQuantiles(real, column),
    synthetic: readQuantiles(synthetic, column),
  }));
}

function readQuantiles({ pathways: { names, values }, patientCount }: EvaluationInput, column: number) {
  const scores = Float64Array.from({ length: patientCount }, (_, row) => values[row * names.length + column]!)
    .filter((score) => !Number.isNaN(score))
    .toSorted();
  return probabilities
    .filter((probability) => Math.min(probability, 1 - probability) * scores.length >= smallestCell)
    .map((probability) => ({ probability, value: meanAbout(scores, probability) }));
}

function meanAbout(scores: Float64Array, probability: number): number {
  const middle = Math.round(probability * (scores.length - 1));
  const first = Math.min(Math.max(0, middle - (smallestCell - 1) / 2), scores.length - smallestCell);
  const about = scores.subarray(first, first + smallestCell);
  return Math.round((about.reduce((sum, score) => sum + score, 0) / smallestCell) * digits) / digits;
}
