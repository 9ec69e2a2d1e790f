import {
  add,
  concatenate,
  dense,
  dropOut,
  exp,
  layerNorm,
  log,
  multiply,
  parameter,
  silu,
  type Expression,
} from "@osteon/network";

/** Sizes that a network is built from. */
export interface CvaeShape {
  readonly dimensions: number;
  readonly conditionCount: number;
  readonly codes: number;
  /** From code to latents. */
  readonly hidden: readonly number[];
}

/** A diagonal normal distribution a row; `logVariance` may be one row for all. */
export interface DiagonalNormal {
  readonly mean: Expression;
  readonly logVariance: Expression;
}

/** The mask of a hidden layer of this name and shape, where there is dropout. */
export type MaskOf = (layer: string, shape: Expression["shape"]) => Expression | undefined;

/** Smallest residual variance, in units of the law's: a decoder that reproduces patients must not pay. */
export const varianceFloor = 0.01;

/** q(h | e, c): of innovations [n, dimensions] and conditions [n, conditionCount] the code's posterior [n, codes]. */
export function encode(
  { codes, hidden }: CvaeShape,
  innovations: Expression,
  conditions: Expression,
  maskOf: MaskOf = () => undefined,
): DiagonalNormal {
  const given = concatenate([innovations, conditions]);
  const inner = stackLayers("encoder", given, hidden.toReversed(), maskOf);
  return {
    mean: add(dense("encoder/mean", inner, codes), dense("encoder/linear", given, codes)),
    logVariance: dense("encoder/log-variance", inner, codes, { zero: true }),
  };
}

/**
 * p(e | h, c): mean [n, dimensions] and log variance [dimensions]. A linear way past the hidden layers makes the
 * linear-Gaussian model (probabilistic PCA given the conditions) a point of the family, with the layers for what
 * bends. All that reaches the output begins at 0: at first e is N(0, 1) whatever code and conditions are.
 */
export function decode(
  { dimensions, hidden }: CvaeShape,
  code: Expression,
  conditions: Expression,
  maskOf: MaskOf = () => undefined,
): DiagonalNormal {
  const given = concatenate([code, conditions]);
  const inner = stackLayers("decoder", given, hidden, maskOf);
  const free = parameter("decoder/log-variance", [dimensions], { constant: 0 });
  return {
    mean: add(
      dense("decoder/mean", inner, dimensions, { zero: true }),
      dense("decoder/linear", given, dimensions, { zero: true }),
    ),
    logVariance: log(add(multiply(exp(free), 1 - varianceFloor), varianceFloor)),
  };
}

function stackLayers(side: string, x: Expression, widths: readonly number[], maskOf: MaskOf): Expression {
  return widths.reduce((inner, width, k) => {
    const name = `${side}/hidden-${k}`;
    const active = silu(layerNorm(`${name}/norm`, dense(name, inner, width)));
    const mask = maskOf(name, active.shape);
    return mask ? dropOut(active, mask) : active;
  }, x);
}
