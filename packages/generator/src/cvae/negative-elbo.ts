import {
  add,
  constant,
  divide,
  exp,
  input,
  mean,
  multiply,
  relu,
  square,
  subtract,
  sum,
  type Expression,
} from "@osteon/network";
import { decode, encode, type CvaeShape, type DiagonalNormal, type MaskOf } from "./network.ts";

export interface ElboOptions {
  readonly batch: number;
  /** Weight of the divergence. */
  readonly klWeight: Expression | number;
  readonly freeBits: number;
  readonly maskOf?: MaskOf;
}

/**
 * Negative evidence lower bound in nats a patient and dimension, mean over the batch: with klWeight 1 and freeBits 0
 * a bound from above of −log p(e | c) / dimensions. Its inputs are `latents` (innovations) [batch, dimensions],
 * `conditions` [batch, conditionCount] and `noise` [batch, codes], standard normals.
 *
 * `freeBits` is the divergence, nats a code dimension and mean over the batch, below which it costs nothing: a code
 * dimension can stay in use before the decoder has learned to read it.
 * Sources: Kingma & Welling, ICLR 2014, equation 10; Sohn, Lee & Yan, NeurIPS 2015 (conditions); Higgins et al.,
 * ICLR 2017 (the weight β); Kingma et al., NeurIPS 2016, appendix C.8 (free bits).
 */
export function buildNegativeElbo(shape: CvaeShape, { batch, klWeight, freeBits, maskOf }: ElboOptions): Expression {
  const innovations = input("latents", [batch, shape.dimensions]);
  const conditions = input("conditions", [batch, shape.conditionCount]);
  const posterior = encode(shape, innovations, conditions, maskOf);
  const noise = input("noise", [batch, shape.codes]);
  const code = add(posterior.mean, multiply(exp(multiply(posterior.logVariance, 0.5)), noise));
  const density = negativeLogDensity(innovations, decode(shape, code, conditions, maskOf));
  const excess = relu(subtract(divergenceFromPrior(posterior), freeBits));
  const divergence = divide(sum(excess), shape.dimensions);
  return add(density, multiply(klWeight, divergence));
}

/** Mean over rows and dimensions. */
function negativeLogDensity(x: Expression, { mean: centre, logVariance }: DiagonalNormal): Expression {
  const squares = divide(square(subtract(x, centre)), exp(logVariance));
  return multiply(mean(add(add(squares, logVariance), constant(Math.log(2 * Math.PI)))), 0.5);
}

/** Kullback–Leibler divergence of each code dimension from N(0, 1), mean over the batch: [codes]. */
function divergenceFromPrior({ mean: centre, logVariance }: DiagonalNormal): Expression {
  const twice = subtract(subtract(add(square(centre), exp(logVariance)), logVariance), 1);
  return multiply(mean(twice, { axes: [0] }), 0.5);
}
