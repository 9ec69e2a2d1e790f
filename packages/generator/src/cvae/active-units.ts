import { encodeGraph, input, openSession, type Weights } from "@osteon/network";
import { mean } from "@osteon/numerics";
import type { LatentTrainingSet } from "../latent/latent-training-set.ts";
import { encode, type CvaeShape } from "./network.ts";

/** Variance of the posterior mean over patients above which a code dimension counts as used. */
const threshold = 0.01;

/**
 * Code dimensions that the posterior moves with the patient, on the first draw of each; 0 where the posterior has
 * collapsed onto the prior. Source: Burda, Grosse & Salakhutdinov, ICLR 2016, section 5.1.2.
 * @param set innovations
 */
export async function countActiveUnits(shape: CvaeShape, weights: Weights, set: LatentTrainingSet): Promise<number> {
  const { patients, dimensions, conditionCount } = set;
  const innovations = input("latents", [patients, dimensions]);
  const posterior = encode(shape, innovations, input("conditions", [patients, conditionCount]));
  const session = await openSession(encodeGraph({ means: posterior.mean }, weights));
  try {
    const latents = set.latents.subarray(0, patients * dimensions);
    const conditions = set.conditions.subarray(0, patients * conditionCount);
    const { means } = await session.run({ latents, conditions });
    return Array.from({ length: shape.codes }, (_, k) => k).filter((k) => {
      const values = Array.from({ length: patients }, (_, i) => means![i * shape.codes + k]!);
      const centre = mean(values);
      return mean(values.map((value) => (value - centre) ** 2)) > threshold;
    }).length;
  } finally {
    await session.release();
  }
}
