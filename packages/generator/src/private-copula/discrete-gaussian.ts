import type { RandomIntegers } from "./random-bytes.ts";

/**
 * Integer noise with P(x) in proportion to exp(−x² / 2σ²), sampled without any rounding: floating-point
 * Gaussian noise has gaps that can betray the value it was added to (Mironov 2012), this has none. Added to
 * integers it satisfies the same zCDP as continuous noise.
 * Source: Canonne, Kamath & Steinke 2020, Algorithms 1 to 3 and Theorem 14.
 */
export class DiscreteGaussian {
  readonly #random: RandomIntegers;

  constructor(random: RandomIntegers) {
    this.#random = random;
  }

  /** @param variance σ², a whole number above 0 */
  draw(variance: bigint): bigint {
    const scale = floorRoot(variance) + 1n;
    for (;;) {
      const candidate = this.#drawLaplace(scale);
      const excess = (candidate < 0n ? -candidate : candidate) * scale - variance;
      if (this.#happensByExponential(excess * excess, 2n * variance * scale * scale)) return candidate;
    }
  }

  /** Discrete Laplace: P(x) in proportion to exp(−|x| / scale). */
  #drawLaplace(scale: bigint): bigint {
    for (;;) {
      const remainder = this.#random.below(scale);
      if (!this.#happensByExponential(remainder, scale)) continue;
      let whole = 0n;
      while (this.#happensByExponential(1n, 1n)) whole++;
      const size = remainder + scale * whole;
      const isNegative = this.#random.below(2n) === 1n;
      if (isNegative && size === 0n) continue;
      return isNegative ? -size : size;
    }
  }

  /** True with probability exp(−numerator / denominator). */
  #happensByExponential(numerator: bigint, denominator: bigint): boolean {
    let left = numerator;
    for (; left > denominator; left -= denominator) {
      if (!this.#happensByFraction(denominator, denominator)) return false;
    }
    return this.#happensByFraction(left, denominator);
  }

  /** The same for a fraction of at most 1: the alternating series of the exponential, term by term. */
  #happensByFraction(numerator: bigint, denominator: bigint): boolean {
    let terms = 1n;
    while (this.#random.below(denominator * terms) < numerator) terms++;
    return terms % 2n === 1n;
  }
}

/** ⌊√value⌋ by Newton's method. */
function floorRoot(value: bigint): bigint {
  let root = BigInt(Math.ceil(Math.sqrt(Number(value)))) + 1n;
  for (;;) {
    const next = (root + value / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}
