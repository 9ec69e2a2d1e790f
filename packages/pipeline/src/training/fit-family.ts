import type { Cohort } from "@osteon/cohort";
import { OsteonError } from "@osteon/errors";
import type { GeneSet } from "@osteon/features";
import { fitModel, type Family, type GenerativeModel, type ModelFit } from "@osteon/generator";
import type { StepContext } from "../step.ts";
import { fitPrivately } from "./fit-privately.ts";

/** What models are trained on: patients with the chosen genes. */
export interface TrainingMaterial {
  readonly cohort: Cohort;
  readonly geneSets: readonly GeneSet[];
  /** A larger cohort with the same genes that networks are trained on first. */
  readonly pretraining: Cohort | null;
}

export type TrainingContext = Pick<StepContext, "configuration" | "progress" | "signal">;

/** Which patients are drawn of a model, without conditions. */
export interface Draw {
  readonly seed: number;
  readonly count: number;
}

/** A fitted model with what the fit found on its way. */
export interface FamilyFit extends Omit<ModelFit, "rankChoice"> {
  readonly rankChoice: Pick<ModelFit["rankChoice"], "rank" | "candidates">;
}

/** Fits a model of the family to the material; with differential privacy, where that is configured, however useless. */
export async function fitFamily(
  family: Family,
  { cohort, geneSets, pretraining }: TrainingMaterial,
  { configuration, progress, signal }: TrainingContext,
): Promise<FamilyFit> {
  const fitted = family === "factor-copula" ? fitPrivately(cohort, configuration, true) : null;
  if (fitted) return fitted;
  const { training } = configuration;
  return fitModel(family, cohort, {
    seed: training.seed,
    geneSets,
    folds: training.folds,
    largestRank: training.largest_rank,
    training: { device: training.device, threads: training.threads },
    ...(pretraining && { pretraining }),
    signal,
    onProgress: (stage) => progress(`${family}: ${stageNames[stage]}`),
  });
}

/** Fits a model that only these patients are wanted of. */
export async function drawFromFamily(
  family: Family,
  material: TrainingMaterial,
  draw: Draw,
  context: TrainingContext,
): Promise<Cohort> {
  return drawAndRelease((await fitFamily(family, material, context)).model, draw);
}

/** Draws patients, and frees what drawing has loaded. */
export async function drawAndRelease(model: GenerativeModel, draw: Draw): Promise<Cohort> {
  const patients = await model.sample({ conditions: {}, firstIndex: 0, ...draw });
  await model.release?.();
  return patients;
}

/** Null where the family cannot be fitted to the patients: of a part of a cohort that is no reason to stop. */
export async function unlessUnfit<T>(attempt: () => Promise<T>): Promise<T | null> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof OsteonError && error.code.startsWith("generator.")) return null;
    throw error;
  }
}

const stageNames = {
  marginals: "fitting the distribution of each variable",
  anchors: "fitting the dependence of clinical variables, mutations and copy number",
  rank: "choosing the number of factors by cross-validation",
  expression: "fitting expression",
  pretraining: "training the network on the larger cohort",
  network: "training the network",
} as const satisfies Record<string, string>;
