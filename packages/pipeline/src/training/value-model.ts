import { estimateEffectiveSampleSize, selectAskedColumns, type EffectiveSampleSize } from "@osteon/evaluation";
import { OsteonError } from "@osteon/errors";
import { applyFeatures } from "@osteon/features";
import type { Family } from "@osteon/generator";
import type { StepContext } from "../step.ts";
import { fitFamily, type TrainingMaterial } from "./train-model.ts";

/** Enough that the noise of drawing, which is subtracted, is small beside that of the training patients. */
const syntheticPatients = 1000;
const fewestRefits = 5;

/**
 * Estimates what patients of the family's models are worth, by refits to bootstrap samples of the training patients,
 * with the columns that the standard questions ask about; networks, whose training takes many times as long, are refitted
 * a third as often. Null where the configuration asks for no refits.
 */
export async function valueModel(
  family: Family,
  { cohort, geneSets, pretraining }: TrainingMaterial,
  context: Pick<StepContext, "configuration" | "progress" | "signal">,
): Promise<EffectiveSampleSize | null> {
  const { effective_size_refits: asRequested, seed } = context.configuration.training;
  if (asRequested === 0) return null;
  const refits = family === "factor-copula" ? asRequested : Math.max(fewestRefits, Math.ceil(asRequested / 3));
  const asked = selectAskedColumns(cohort);
  const chosen = {
    mutationGenes: asked.mutations.genes,
    copyNumberGenes: asked.copyNumber.genes,
    expressionGenes: asked.expression.genes,
    expressionUnit: asked.expression.unit,
  };
  const material = { geneSets, pretraining: pretraining && applyFeatures(chosen, pretraining) };
  const quietly = { ...context, progress: () => {} };
  return estimateEffectiveSampleSize({
    cohort: asked,
    refits,
    seed,
    generate: async (patients, refit) => {
      context.signal.throwIfAborted();
      context.progress(`effective sample size: refit ${refit + 1} of ${refits}`, refit / refits);
      try {
        const { model } = await fitFamily(family, { ...material, cohort: patients }, quietly);
        const synthetic = await model.sample({ conditions: {}, seed, firstIndex: 0, count: syntheticPatients });
        await model.release?.();
        return synthetic;
      } catch (error) {
        if (error instanceof OsteonError && error.code.startsWith("generator.")) return null;
        throw error;
      }
    },
  });
}
