import {
  add,
  concatenate,
  constant,
  dropOut,
  exp,
  multiply,
  normaliseLayer,
  shareDense,
  silu,
  slice,
  square,
  subtract,
  type Expression,
  type Weights,
} from "@osteon/network";

/** Sizes of the network F. */
export interface CorrectionSizes {
  readonly dimensions: number;
  readonly conditionCount: number;
  /** Units of the layers that blocks add to; a block's inner layer has twice as many. */
  readonly width: number;
  readonly blocks: number;
  /** Units that tell the layers of the noise, and as many of the conditions. */
  readonly embedding: number;
}

/** The network F: what is to be added to the linear law, on a scale of unit variance. */
export interface CorrectionNetwork {
  /** What ln σ [n, 1] does to the layers; n is 1 where the noise is the same for all. */
  readonly embedNoise: (logNoise: Expression) => Effects;
  /** What conditions [n, conditionCount] do to them where `keep` [n, 1] is 1, and their absence where it is 0. */
  readonly embedConditions: (conditions: Expression, keep: Expression) => Effects;
  /** F [n, dimensions] of standardised noisy latents of that shape. */
  readonly correct: (standardised: Expression, told: Told, masks?: readonly Expression[]) => Expression;
}

interface Told {
  readonly noise: Effects;
  readonly conditions: Effects;
}

/** One entry a layer. */
type Effects = readonly { readonly gain: Expression; readonly shift: Expression }[];

/** Widths of the layers with dropout, in the order of `masks`: the inner ones of the blocks. */
export function maskedWidths({ width, blocks }: CorrectionSizes): number[] {
  return Array.from({ length: blocks }, () => 2 * width);
}

/**
 * Dense layers with layer normalisation whose gains and shifts follow noise and conditions, SiLU, residual blocks;
 * the last layer begins at 0. Noise and conditions act in a sum and not by a joint layer: a sampler then computes
 * the first once for all patients and the second once for all of its steps.
 * Sources: Perez et al., AAAI 2018 (FiLM); Peebles & Xie, ICCV 2023 (adaptive layer normalisation).
 */
export function createCorrectionNetwork(sizes: CorrectionSizes): CorrectionNetwork {
  const { dimensions, conditionCount, width, blocks, embedding } = sizes;
  const widths = [width, ...Array.from({ length: blocks }, () => [2 * width, width]).flat()];
  const units = widths.reduce((total, own) => total + own, 0);
  const noiseLayer = shareDense("noise/embed", centres.length, embedding);
  const noiseEffects = shareDense("noise/effects", embedding, 2 * units, { zero: true });
  const conditionLayer = shareDense("condition/embed", conditionCount + 1, embedding);
  const conditionEffects = shareDense("condition/effects", embedding, 2 * units, { zero: true });
  const layers = widths.map((own, k) => shareDense(`layer-${k}`, k === 0 ? dimensions : widths[k - 1]!, own));
  const last = shareDense("last", width, dimensions, { zero: true });
  return {
    embedNoise: (logNoise) => splitEffects(noiseEffects(silu(noiseLayer(radialBasis(logNoise)))), widths),
    embedConditions: (conditions, keep) => {
      const embedded = silu(conditionLayer(concatenate([multiply(conditions, keep), keep])));
      // Gains begin at 1.
      return splitEffects(conditionEffects(embedded), widths).map(({ gain, shift }) => ({ gain: add(gain, 1), shift }));
    },
    correct: (standardised, { noise, conditions }, masks) => {
      const apply = (k: number, x: Expression) => {
        const gain = add(conditions[k]!.gain, noise[k]!.gain);
        return silu(normaliseLayer(layers[k]!(x), gain, add(conditions[k]!.shift, noise[k]!.shift)));
      };
      let x = apply(0, standardised);
      for (let block = 0; block < blocks; block++) {
        const inner = apply(2 * block + 1, x);
        x = add(x, apply(2 * block + 2, masks ? dropOut(inner, masks[block]!) : inner));
      }
      return last(x);
    },
  };
}

/** The weights of a network that says `shares` of what it said, one share a dimension. */
export function scaleCorrection(weights: Weights, shares: Float32Array): Weights {
  const scale = (values: Float32Array) => values.map((value, at) => value * shares[at % shares.length]!);
  return {
    ...weights,
    "last/weights": scale(weights["last/weights"]!),
    "last/bias": scale(weights["last/bias"]!),
  };
}

/** All gains, then all shifts, side by side in the order of the layers. */
function splitEffects(all: Expression, widths: readonly number[]): Effects {
  let end = 0;
  const take = () => widths.map((units) => slice(all, end, (end += units)));
  const [gains, shifts] = [take(), take()];
  return gains.map((gain, k) => ({ gain, shift: shifts[k]! }));
}

/** Centres of ln σ, a width apart, over the levels of training and sampling. */
const centres = Float32Array.from({ length: 12 }, (_, k) => -4.75 + 0.75 * k);
const centreDistance = 0.75;

/** Smooth bumps of ln σ [n, 1] → [n, centres]. */
function radialBasis(logNoise: Expression): Expression {
  const distances = subtract(logNoise, constant(centres, [1, centres.length]));
  return exp(multiply(square(distances), -0.5 / centreDistance ** 2));
}
