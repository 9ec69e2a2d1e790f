import { add, divide, multiply, sqrt, square, subtract } from "./elementwise.ts";
import { parameter, type Expression } from "./expression.ts";
import { applyLinear } from "./matrix.ts";
import { mean } from "./reduction.ts";
import { shapeError } from "./shape.ts";

/**
 * A dense layer with parameters `name`/weights [in, out] and `name`/bias [out]: x [n, in] → [n, out].
 * They begin uniform on ±1/√in, or at 0 (`zero`: a last layer that begins by saying nothing).
 */
export function dense(name: string, x: Expression, outputs: number, options: { zero?: boolean } = {}): Expression {
  const inputs = x.shape.at(-1);
  if (x.shape.length !== 2 || typeof inputs !== "number") throw shapeError("dense", x.shape);
  return shareDense(name, inputs, outputs, options)(x);
}

/** {@link dense} as a function to apply more than once with the same parameters: a network that runs step by step. */
export function shareDense(
  name: string,
  inputs: number,
  outputs: number,
  { zero = false }: { zero?: boolean } = {},
): (x: Expression) => Expression {
  const initial = zero ? { constant: 0 } : { uniformBound: 1 / Math.sqrt(inputs) };
  const weights = parameter(`${name}/weights`, [inputs, outputs], initial);
  const bias = parameter(`${name}/bias`, [outputs], initial);
  return (x) => applyLinear(x, weights, bias);
}

/** {@link normaliseLayer} with parameters `name`/gain (1 at first) and `name`/shift (0 at first). */
export function layerNorm(name: string, x: Expression): Expression {
  const width = x.shape.at(-1);
  if (typeof width !== "number") throw shapeError("layerNorm", x.shape);
  const gain = parameter(`${name}/gain`, [width], { constant: 1 });
  return normaliseLayer(x, gain, parameter(`${name}/shift`, [width], { constant: 0 }));
}

/**
 * Layer normalisation over the last axis: (x − mean) / √(variance + epsilon) · gain + shift.
 * x [n, d], gain and shift [d], or [n, d] of each row's own → [n, d]. Source: Ba, Kiros, Hinton, arXiv:1607.06450, equation 4.
 */
export function normaliseLayer(x: Expression, gain: Expression, shift: Expression, epsilon = 1e-5): Expression {
  const centred = subtract(x, mean(x, { axes: [-1], keepAxes: true }));
  const variance = mean(square(centred), { axes: [-1], keepAxes: true });
  return add(multiply(divide(centred, sqrt(add(variance, epsilon))), gain), shift);
}

/**
 * Feature-wise linear modulation, x · (1 + scale) + shift: with scale and shift at 0 the layer is the identity.
 * x, scale and shift [n, d]. Source: Perez et al., AAAI 2018, equation 2, with its γ as 1 + Δγ (section 7.2).
 */
export function modulate(x: Expression, scale: Expression, shift: Expression): Expression {
  return add(add(x, multiply(x, scale)), shift);
}

/** Inverted dropout by a mask of 0 and 1 / (1 − rate) that the caller draws: `fillDropoutMask`. */
export function dropOut(x: Expression, mask: Expression): Expression {
  return multiply(x, mask);
}

/** Mean of squared differences, over all elements: a scalar. */
export function meanSquaredError(prediction: Expression, target: Expression): Expression {
  return mean(square(subtract(prediction, target)));
}
