import { RandomStream, streamId } from "@osteon/numerics";

/** How each row of a batch is mixed: share · row + (1 − share) · partner. */
export interface Mixture {
  readonly partners: Uint32Array;
  readonly shares: Float32Array;
}

const stream = streamId("network/mixup");

/**
 * Mixup of one batch: partners by a random permutation, shares from Beta(strength, strength), each at least ½ so
 * that a row stays the larger part of itself. Strength 0 mixes nothing. Depends on its arguments only.
 * Source: Zhang, Cissé, Dauphin, Lopez-Paz, ICLR 2018.
 */
export function drawMixture(seed: number, step: number, batchSize: number, strength: number): Mixture {
  const random = new RandomStream(seed, stream, step);
  const partners = random.permutation(batchSize);
  const shares = new Float32Array(batchSize).fill(1);
  if (strength > 0) {
    for (let i = 0; i < batchSize; i++) {
      const a = drawGamma(random, strength);
      const b = drawGamma(random, strength);
      // Both underflow to 0 for a tiny strength, whose share is 0 or 1.
      shares[i] = a + b > 0 ? Math.max(a, b) / (a + b) : 1;
    }
  }
  return { partners, shares };
}

/** Writes the mixed rows of x to `out`: both [batch, columns], row-major, not the same array. */
export function mixRows(x: Float32Array, columns: number, { partners, shares }: Mixture, out: Float32Array): void {
  for (let i = 0; i < partners.length; i++) {
    const share = shares[i]!;
    const own = i * columns;
    const other = partners[i]! * columns;
    for (let j = 0; j < columns; j++) out[own + j] = share * x[own + j]! + (1 - share) * x[other + j]!;
  }
}

/** Gamma(shape, 1). Source: Marsaglia & Tsang, ACM TOMS 26, 2000; below 1 by their section 6. */
function drawGamma(random: RandomStream, shape: number): number {
  if (shape < 1) return drawGamma(random, shape + 1) * random.nextUniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.nextNormal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(random.nextUniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
