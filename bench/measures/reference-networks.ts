import {
  add,
  concatenate,
  dense,
  encodeTrainingStep,
  exp,
  input,
  mean,
  meanSquaredError,
  modulate,
  multiply,
  silu,
  slice,
  square,
  subtract,
  sum,
  type Dimension,
  type EncodedGraph,
  type Expression,
} from "@osteon/network";

/** Width of the condition with its noise level, as the reference's. */
export const conditionWidth = 32;
const hidden = [256, 512, 256];
const codeWidth = 128;

/** A chain of dense layers with SiLU between, and after the last unless it is the output. */
function chain(name: string, x: Expression, widths: readonly number[]): Expression {
  return widths.reduce((value, width, k) => silu(dense(`${name}${k}`, value, width)), x);
}

/** A denoiser: x [n, width] and a condition → x, hidden 256-512-256, the condition by FiLM at the first layer. */
export function buildDenoiser(x: Expression): Expression {
  const [batch, width] = x.shape as [Dimension, number];
  const condition = input("condition", [batch, conditionWidth]);
  const film = dense("film", condition, 2 * hidden[0]!);
  const first = dense("first", x, hidden[0]!);
  const modulated = modulate(first, slice(film, 0, hidden[0]!), slice(film, hidden[0]!, 2 * hidden[0]!));
  return dense("last", chain("middle", silu(modulated), hidden.slice(1)), width);
}

/** A conditional VAE: width → 256-512-256 → 128 and back, with its reconstruction and Kullback–Leibler terms. */
function buildAutoencoderLoss(batch: number, width: number): Expression {
  const x = input("x", [batch, width]);
  const condition = input("condition", [batch, conditionWidth]);
  const encoded = chain("encoder", concatenate([x, condition]), hidden);
  const centre = dense("centre", encoded, codeWidth);
  const logVariance = dense("logVariance", encoded, codeWidth);
  const noise = input("noise", [batch, codeWidth]);
  const code = add(centre, multiply(exp(multiply(logVariance, 0.5)), noise));
  const decoded = dense("decoded", chain("decoder", concatenate([code, condition]), hidden.toReversed()), width);
  const divergence = subtract(add(exp(logVariance), square(centre)), add(logVariance, 1));
  return add(meanSquaredError(decoded, x), multiply(mean(sum(divergence, { axes: [1] })), 0.5e-3));
}

export type NetworkKind = "denoiser" | "cVAE";

export function buildLoss(kind: NetworkKind, batch: number, width: number): Expression {
  if (kind === "cVAE") return buildAutoencoderLoss(batch, width);
  return meanSquaredError(buildDenoiser(input("x", [batch, width])), input("target", [batch, width]));
}

export function encodeReferenceStep(kind: NetworkKind, batch: number, width: number): EncodedGraph {
  return encodeTrainingStep(buildLoss(kind, batch, width));
}
