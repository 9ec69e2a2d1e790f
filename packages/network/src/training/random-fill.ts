import { osteonError } from "@osteon/errors";
import { Kernels } from "@osteon/numerics";

/** Where a random array stands: the same address gives the same array. */
export interface RandomAddress {
  readonly seed: number;
  /** From `streamId(purpose)`. */
  readonly stream: number;
  /** The step, patient or batch. */
  readonly index: number;
}

/** Fills arrays of at most `capacity` values with noise by vectorised Philox. */
export class RandomFill {
  readonly #kernels = new Kernels();
  readonly #area: number;
  readonly #values: Float32Array;

  constructor(capacity: number) {
    const length = Math.ceil(capacity / 16) * 16;
    this.#area = this.#kernels.reserve(4 * length);
    this.#values = this.#kernels.singles(this.#area, length);
  }

  /** Standard normals. */
  fillNormals(out: Float32Array, { seed, stream, index }: RandomAddress): void {
    const count = this.#lengthFor(out);
    this.#kernels.functions.fillNormals(this.#area, count, index, high(index), stream, seed, high(seed));
    out.set(this.#values.subarray(0, out.length));
  }

  /** 0 with probability `rate`, else 1 / (1 − rate): a mask for `dropOut`. */
  fillDropoutMask(out: Float32Array, rate: number, { seed, stream, index }: RandomAddress): void {
    if (!(rate >= 0 && rate < 1)) throw osteonError("network.option", { option: "dropout", allowed: "0 to below 1" });
    const count = this.#lengthFor(out);
    const threshold = Math.round(rate * 0x100000000);
    const [keep, low, upper] = [1 / (1 - rate), index, high(index)];
    this.#kernels.functions.fillDropoutMask(this.#area, count, threshold, keep, low, upper, stream, seed, high(seed));
    out.set(this.#values.subarray(0, out.length));
  }

  #lengthFor(out: Float32Array): number {
    if (out.length > this.#values.length) {
      throw osteonError("network.feed", { name: "noise", found: out.length, expected: this.#values.length });
    }
    return Math.ceil(out.length / 16) * 16;
  }
}

/** WebAssembly takes the low 32 bits of a number by itself; these are the high ones. */
function high(value: number): number {
  return Math.floor(value / 0x100000000);
}
