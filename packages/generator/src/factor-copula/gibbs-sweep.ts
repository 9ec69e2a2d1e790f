import { dotProduct, truncatedNormalMean, truncatedNormalQuantile, type RandomStream } from "@osteon/numerics";
import type { LatentBounds } from "./latent-bounds.ts";

/** Points where known, the mean of the interval where not. */
export function startingLatents({ lower, upper }: LatentBounds): Float64Array {
  return lower.map((from, k) => (from === upper[k] ? from : truncatedNormalMean(from, upper[k]!)));
}

/** One Gibbs sweep: each unknown coordinate drawn given all others, within its interval. */
export function sweepPatient(
  { anchors, lower, upper }: LatentBounds,
  latents: Float64Array,
  precision: Float64Array,
  patient: number,
  random: RandomStream,
): void {
  const row = patient * anchors;
  for (let j = 0; j < anchors; j++) {
    const from = lower[row + j]!;
    const to = upper[row + j]!;
    if (from === to) continue;
    const own = precision[j * anchors + j]!;
    const mean = latents[row + j]! - dotProduct(precision, j * anchors, latents, row, anchors) / own;
    const deviation = 1 / Math.sqrt(own);
    latents[row + j] =
      mean +
      deviation * truncatedNormalQuantile(random.nextUniform(), (from - mean) / deviation, (to - mean) / deviation);
  }
}
