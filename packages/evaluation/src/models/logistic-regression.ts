import { choleskyFactor, solveLowerInPlace, solveLowerTransposedInPlace } from "@osteon/numerics";

const maximumSteps = 25;

/**
 * Ridge logistic regression by Newton's steps: minimises −ℓ(β) + (penalty / 2) ‖β‖², the intercept, the
 * first column, unpenalised but for a trace that keeps the system solvable.
 * Source: le Cessie and van Houwelingen 1992.
 *
 * @param design row-major, rows × width; the first column all 1
 * @param labels 0 or 1 by row
 * @param rows those to fit on
 */
export function fitLogisticRegression(
  design: Float64Array,
  width: number,
  labels: Uint8Array,
  rows: ArrayLike<number>,
  penalty: number,
): Float64Array {
  const coefficients = new Float64Array(width);
  for (let step = 0; step < maximumSteps; step++) {
    const { gradient, information } = differentiate(design, width, labels, rows, coefficients, penalty);
    const factor = choleskyFactor(information, width);
    if (factor === null) break;
    solveLowerInPlace(factor, width, gradient);
    solveLowerTransposedInPlace(factor, width, gradient);
    let largest = 0;
    for (let j = 0; j < width; j++) {
      // A step of 4 on standardised columns is far; longer ones overshoot where classes are separate.
      const move = Math.max(-4, Math.min(4, gradient[j]!));
      coefficients[j]! += move;
      largest = Math.max(largest, Math.abs(move));
    }
    if (largest < 1e-4) break;
  }
  return coefficients;
}

function differentiate(
  design: Float64Array,
  width: number,
  labels: Uint8Array,
  rows: ArrayLike<number>,
  coefficients: Float64Array,
  penalty: number,
) {
  const gradient = new Float64Array(width);
  const information = new Float64Array(width * width);
  for (let k = 0; k < rows.length; k++) {
    const start = rows[k]! * width;
    let linear = 0;
    for (let j = 0; j < width; j++) linear += design[start + j]! * coefficients[j]!;
    const probability = 1 / (1 + Math.exp(-linear));
    const residual = labels[rows[k]!]! - probability;
    const weight = probability * (1 - probability);
    for (let j = 0; j < width; j++) {
      const value = design[start + j]!;
      gradient[j]! += residual * value;
      for (let i = 0; i <= j; i++) information[j * width + i]! += weight * value * design[start + i]!;
    }
  }
  for (let j = 0; j < width; j++) {
    const ridge = j === 0 ? 1e-6 : penalty;
    gradient[j]! -= ridge * coefficients[j]!;
    information[j * width + j]! += ridge;
  }
  return { gradient, information };
}
