import { selectPatients, splitCohort } from "@osteon/cohort";
import { validateGenerator } from "@osteon/evaluation";
import { quantiseModel, type Family, type GenerativeModel } from "@osteon/generator";
import { drawAndRelease, fitFamily, type TrainingContext, type TrainingMaterial } from "./fit-family.ts";

/** Whether a family's network may be run in 8-bit integers, and by what. */
export interface Int8Assessment {
  readonly offered: boolean;
  /** Calibrated biological score on held-out patients; null where no metric could tell. */
  readonly int8: number | null;
  readonly float32: number | null;
  /** Two standard errors about the score of floats. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Time of floats over time of int8, for drawing patients on this machine. */
  readonly timesAsFast: number;
}

/** For less than this much more speed nobody should have other patients. */
export const leastTimesAsFast = 1.5;

const syntheticPatients = 500;
const heldOutShare = 0.3;
const repeats = 20;
const timedRounds = 6;
const timedPatients = 128;

/**
 * Fits the family to a part of the patients, draws from it in floats and in int8, and compares both with the rest:
 * int8 is offered where its score stays within the interval of the float one and it is clearly faster. (A network that
 * spends its time between the products of its layers, as one of few latents does, is not.)
 */
export async function assessInt8(
  family: Family,
  material: TrainingMaterial,
  context: TrainingContext,
): Promise<Int8Assessment> {
  const { seed } = context.configuration.training;
  const rows = splitCohort(material.cohort, { holdOutFraction: heldOutShare, seed });
  const train = selectPatients(material.cohort, rows.train);
  const holdOut = selectPatients(material.cohort, rows.holdOut);
  const { model } = await fitFamily(family, { ...material, cohort: train }, context);
  context.progress("comparing 8-bit integers with floats");
  const quantised = quantiseModel(model);
  const timesAsFast = await compareSpeed(model, quantised, seed);
  const score = async (own: GenerativeModel) => {
    const synthetic = await drawAndRelease(own, { seed, count: syntheticPatients });
    const { geneSets } = material;
    return validateGenerator({ train, holdOut, synthetic, geneSets, seed, repeats }).biologicalScore;
  };
  const { calibrated: float32, standardError } = await score(model);
  const { calibrated: int8 } = await score(quantised);
  if (float32 === null || standardError === null || int8 === null) {
    return { offered: false, int8, float32, lower: null, upper: null, timesAsFast };
  }
  const [lower, upper] = [float32 - 2 * standardError, float32 + 2 * standardError];
  const offered = int8 >= lower && int8 <= upper && timesAsFast >= leastTimesAsFast;
  return { offered, int8, float32, lower, upper, timesAsFast };
}

/** Ratio of the quickest of several alternating draws: other work on the machine can only slow one down. */
async function compareSpeed(float32: GenerativeModel, int8: GenerativeModel, seed: number): Promise<number> {
  const quickest = { float32: Infinity, int8: Infinity };
  for (let round = 0; round < timedRounds; round++) {
    for (const [name, model] of [
      ["float32", float32],
      ["int8", int8],
    ] as const) {
      const start = performance.now();
      await model.sample({ conditions: {}, seed, firstIndex: 0, count: timedPatients });
      quickest[name] = Math.min(quickest[name], performance.now() - start);
    }
  }
  return quickest.float32 / quickest.int8;
}
