import { RandomStream, streamId } from "@osteon/numerics";
import type { LatentTrainingSet } from "../latent/latent-training-set.ts";

const stream = streamId("test/latent-target");

/** Patients of a known law, one draw each, with standard normal conditions: the set that a network is trained on. */
export function simulateLatents(
  sizes: { readonly patients: number; readonly dimensions: number; readonly conditionCount: number },
  seed: number,
  drawLatents: (conditions: readonly number[], random: RandomStream) => readonly number[],
): LatentTrainingSet {
  const { patients, dimensions, conditionCount } = sizes;
  const conditions = new Float32Array(patients * conditionCount);
  const latents = new Float32Array(patients * dimensions);
  for (let i = 0; i < patients; i++) {
    const random = new RandomStream(seed, stream, i);
    const own = Array.from({ length: conditionCount }, () => random.nextNormal());
    conditions.set(own, i * conditionCount);
    latents.set(drawLatents(own, random), i * dimensions);
  }
  return { ...sizes, draws: 1, latents, conditions };
}
