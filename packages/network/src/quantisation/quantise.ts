import type { ActivationRange } from "./activation-ranges.ts";

/**
 * Weights take 7 of their 8 bits. Processors without VNNI add two products of an unsigned and a signed byte in 16
 * signed bits, which saturate: 2 · 255 · 64 = 32,640 still fits, 2 · 255 · 127 does not. Source: ONNX Runtime,
 * "Quantize ONNX models", on U8S8 and `reduce_range`.
 */
export const weightLimit = 64;
const activationSteps = 255;
/** Half of the 32-bit range; the other half is for the products. */
const biasLimit = 2 ** 30;
/** The product of two of them is still a normal float32. */
const leastScale = 2 ** -60;

/** real = scale · (q − zeroPoint), q from 0 to 255. */
export interface ActivationQuantisation {
  readonly scale: number;
  readonly zeroPoint: number;
}

/** The quantisation that covers a range and has 0 exactly, so that what is absent stays absent. */
export function quantiseActivation({ low, high }: ActivationRange): ActivationQuantisation {
  const [from, to] = [Math.min(low, 0), Math.max(high, 0)];
  const scale = Math.max(Math.fround((to - from) / activationSteps), leastScale);
  return { scale, zeroPoint: Math.round(Math.abs(from) / scale) };
}

/**
 * Scales of the output channels of weights [inputs, channels], symmetric: the largest weight of a channel becomes
 * ±{@link weightLimit}.
 */
export function chooseWeightScales(weights: Float32Array, channels: number): Float32Array {
  const scales = new Float32Array(channels).fill(leastScale);
  weights.forEach((weight, i) => {
    const scale = Math.abs(weight) / weightLimit;
    if (scale > scales[i % channels]!) scales[i % channels] = scale;
  });
  return scales;
}

/** Weights [inputs, channels] in units of their channel's scale, rounded. */
export function quantiseWeights(weights: Float32Array, scales: Float32Array): Int8Array {
  return Int8Array.from(weights, (weight, i) => Math.round(weight / scales[i % scales.length]!));
}

/**
 * A bias in units of `scales`, rounded; undefined where it would not fit in 32 bits beside the products, as with
 * weights that are all zero.
 */
export function quantiseBias(bias: Float32Array, scales: Float32Array): Int32Array | undefined {
  const units = Float64Array.from(bias, (value, channel) => Math.round(value / scales[channel]!));
  return units.every((value) => Math.abs(value) <= biasLimit) ? Int32Array.from(units) : undefined;
}
