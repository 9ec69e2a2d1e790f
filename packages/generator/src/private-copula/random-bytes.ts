/** Fills an array with random bytes, each value equally likely and independent of all others. */
export type RandomBytes = (bytes: Uint8Array<ArrayBuffer>) => void;

/**
 * Bytes of the operating system's cryptographic generator. The noise that protects patients must not come from
 * a seed: whoever knows the seed subtracts the noise.
 */
export const cryptographicBytes: RandomBytes = (bytes) => {
  globalThis.crypto.getRandomValues(bytes);
};

const pooledBytes = 4096;

/** Uniform integers without rounding, from random bytes. */
export class RandomIntegers {
  readonly #fill: RandomBytes;
  readonly #pool = new Uint8Array(pooledBytes);
  #used = pooledBytes;

  constructor(fill: RandomBytes) {
    this.#fill = fill;
  }

  /** Uniform on 0 … bound − 1, by rejection; bound at least 1. */
  below(bound: bigint): bigint {
    const bits = (bound - 1n).toString(2).length;
    for (;;) {
      const drawn = BigInt.asUintN(bits, this.#bytes(Math.ceil(bits / 8)));
      if (drawn < bound) return drawn;
    }
  }

  #bytes(count: number): bigint {
    let value = 0n;
    for (let k = 0; k < count; k++) {
      if (this.#used === pooledBytes) {
        this.#fill(this.#pool);
        this.#used = 0;
      }
      value = (value << 8n) | BigInt(this.#pool[this.#used++]!);
    }
    return value;
  }
}
