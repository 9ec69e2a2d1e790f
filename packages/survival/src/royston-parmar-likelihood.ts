import type { LikelihoodDerivatives } from "./newton-climb.ts";
import type { EventIndicators } from "./observations.ts";
import { dot } from "./restricted-cubic-spline.ts";

/** Rows of the design: log H = row · coefficients; its slope in log time, for the deaths, is slopeRow · coefficients. */
export interface FlexibleDesign {
  readonly events: EventIndicators;
  /** patients × width, row-major. */
  readonly rows: Float64Array;
  readonly slopeRows: Float64Array;
  readonly width: number;
}

/**
 * The log likelihood of times on the log scale, Σ events (log slope + log H) − H, up to a constant. It is concave,
 * and −Infinity where the cumulative hazard would fall at a death. Source: Royston & Parmar 2002.
 */
export function evaluateFlexibleLikelihood(design: FlexibleDesign, coefficients: Float64Array): LikelihoodDerivatives {
  const { events, rows, slopeRows, width } = design;
  const score = new Float64Array(width);
  const information = new Float64Array(width * width);
  let logLikelihood = 0;
  for (let i = 0; i < events.length; i++) {
    const row = rows.subarray(i * width, (i + 1) * width);
    const logHazard = dot(coefficients, row);
    const cumulative = Math.exp(logHazard);
    logLikelihood -= cumulative;
    addTerm(score, information, row, events[i]! - cumulative, cumulative);
    if (events[i] !== 1) continue;
    const slopeRow = slopeRows.subarray(i * width, (i + 1) * width);
    const slope = dot(coefficients, slopeRow);
    if (!(slope > 0)) return { logLikelihood: -Infinity, score, information };
    logLikelihood += Math.log(slope) + logHazard;
    addTerm(score, information, slopeRow, 1 / slope, 1 / slope ** 2);
  }
  return { logLikelihood, score, information };
}

/** score += first × row; information += second × row rowᵀ. */
function addTerm(
  score: Float64Array,
  information: Float64Array,
  row: Float64Array,
  first: number,
  second: number,
): void {
  const width = row.length;
  for (let j = 0; j < width; j++) {
    score[j]! += first * row[j]!;
    for (let k = 0; k < width; k++) information[j * width + k]! += second * row[j]! * row[k]!;
  }
}
