import { osteonError } from "@osteon/errors";
import { Kernels } from "@osteon/numerics";
import { countElements } from "../graph/shape.ts";
import type { Weights } from "../onnx/encode-graph.ts";
import type { TensorDescription } from "../onnx/messages.ts";

export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Share of a weight taken away per unit of learning rate; of matrices only, not of biases and gains. */
  readonly weightDecay: number;
  /** Largest Euclidean norm of all gradients together; larger ones are scaled down to it. Infinity: no limit. */
  readonly clipNorm: number;
  /** Decay of the moving average of the weights; of early steps at most (1 + step) / (10 + step). */
  readonly averageDecay: number;
}

const kinds = ["weights", "gradients", "firstMoments", "secondMoments", "average"] as const;
type Kind = (typeof kinds)[number];
type Mutable = Record<string, Float32Array>;

/**
 * AdamW with global-norm clipping and an exponential moving average of the weights, fused in one pass of a
 * WebAssembly kernel. Its arrays live in the kernel's memory, where the session reads weights and writes gradients:
 * a step copies nothing. Deterministic to the bit.
 * Sources: Loshchilov & Hutter, ICLR 2019, algorithm 2; Pascanu, Mikolov, Bengio, ICML 2013 (clipping).
 */
export class AdamW {
  readonly weights: Mutable = {};
  readonly gradients: Mutable = {};
  readonly firstMoments: Mutable = {};
  readonly secondMoments: Mutable = {};
  /** The moving average of the weights. */
  readonly average: Mutable = {};
  readonly #kernels = new Kernels();
  readonly #options: AdamWOptions;
  readonly #tensors: { readonly length: number; readonly decays: boolean; readonly pointers: Record<Kind, number> }[];
  #step = 0;

  /** @param initial values of every parameter; copied */
  constructor(parameters: readonly TensorDescription[], initial: Weights, options: AdamWOptions) {
    this.#options = options;
    // All areas first: growing the memory would detach the views.
    this.#tensors = parameters.map(({ name, shape }) => {
      const expected = countElements(shape);
      const found = initial[name]?.length ?? 0;
      if (found !== expected) throw osteonError("network.weights", { name, found, expected });
      // The kernel's vectors may reach past the end of a tensor: those zeros stay zeros.
      const length = Math.ceil(expected / 16) * 16;
      const pointers = Object.fromEntries(kinds.map((kind) => [kind, this.#kernels.reserve(4 * length)]));
      return { length, decays: shape.length > 1, pointers: pointers as Record<Kind, number> };
    });
    parameters.forEach(({ name, shape }, k) => {
      for (const kind of kinds) {
        this[kind][name] = this.#kernels.singles(this.#tensors[k]!.pointers[kind], countElements(shape));
      }
      this.weights[name]!.set(initial[name]!);
      this.average[name]!.set(initial[name]!);
    });
  }

  /** Steps taken. */
  get step(): number {
    return this.#step;
  }

  /** Continues as after `step` steps; the caller fills weights, moments and average. */
  resumeAt(step: number): void {
    this.#step = step;
  }

  /**
   * One step from the present gradients. Returns their Euclidean norm before clipping; throws
   * `network.diverged`, and changes nothing, where it is not finite.
   */
  update(learningRate: number): number {
    const { functions } = this.#kernels;
    const { beta1, beta2, epsilon, weightDecay, clipNorm, averageDecay } = this.#options;
    let squares = 0;
    for (const { pointers, length } of this.#tensors) squares += functions.sumOfSquares(pointers.gradients, length);
    const norm = Math.sqrt(squares);
    if (!Number.isFinite(norm)) throw osteonError("network.diverged", { step: this.#step, quantity: "gradient" });
    this.#step++;
    const stepSize = learningRate / (1 - beta1 ** this.#step);
    const inverseRoot = 1 / Math.sqrt(1 - beta2 ** this.#step);
    const averageShare = 1 - Math.min(averageDecay, (1 + this.#step) / (10 + this.#step));
    for (const { pointers, length, decays } of this.#tensors) {
      functions.stepAdamW(
        pointers.weights,
        pointers.gradients,
        pointers.firstMoments,
        pointers.secondMoments,
        pointers.average,
        length,
        norm > clipNorm ? clipNorm / norm : 1,
        beta1,
        beta2,
        decays ? 1 - learningRate * weightDecay : 1,
        stepSize,
        inverseRoot,
        epsilon,
        averageShare,
      );
    }
    return norm;
  }
}
