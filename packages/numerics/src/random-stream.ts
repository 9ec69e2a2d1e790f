import { normalQuantile } from "./normal-distribution.ts";
import { philox4x32 } from "./philox.ts";

/**
 * Random numbers addressed by (seed, stream, index): what one address yields depends on nothing else,
 * so work may be split or repeated in any order. `stream` names the purpose (see {@link streamId}),
 * `index` the patient, split, or replicate. Each stream holds 2^33 draws.
 */
export class RandomStream {
  readonly #seedLow: number;
  readonly #seedHigh: number;
  readonly #stream: number;
  readonly #index: number;
  readonly #words = new Uint32Array(4);
  #block = 0;
  #used = 4;

  /** @param seed integer of 0 … 2^53 − 1 */
  constructor(seed: number, stream: number, index = 0) {
    this.#seedLow = seed >>> 0;
    this.#seedHigh = Math.floor(seed / 0x100000000) >>> 0;
    this.#stream = stream >>> 0;
    this.#index = index;
  }

  /** A 32-bit unsigned integer. */
  nextUint32(): number {
    if (this.#used === 4) {
      this.#words[0] = this.#block++;
      this.#words[1] = this.#index >>> 0;
      this.#words[2] = Math.floor(this.#index / 0x100000000) >>> 0;
      this.#words[3] = this.#stream;
      philox4x32(this.#words, this.#seedLow, this.#seedHigh);
      this.#used = 0;
    }
    return this.#words[this.#used++]!;
  }

  /** Uniform on the open interval (0, 1): never 0, never 1. */
  nextUniform(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 7;
    // 52 bits and a half: with 53 the largest value would round to 1.
    return (high * 0x2000000 + low + 0.5) / 0x10000000000000;
  }

  /** Standard normal by inversion: one uniform, one normal, so that addresses stay aligned. */
  nextNormal(): number {
    return normalQuantile(this.nextUniform());
  }

  /** Uniform integer of 0 … bound − 1. */
  nextInteger(bound: number): number {
    return Math.floor(this.nextUniform() * bound);
  }

  /** 0 … length − 1 in random order (Fisher and Yates). */
  permutation(length: number): Uint32Array {
    const order = Uint32Array.from({ length }, (_, i) => i);
    for (let i = length - 1; i > 0; i--) {
      const j = this.nextInteger(i + 1);
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
    }
    return order;
  }
}

/** A 32-bit id of a stream's purpose from its name (FNV-1a). */
export function streamId(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
