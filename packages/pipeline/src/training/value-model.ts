import {
  estimateEffectiveSampleSize,
  listStandardEstimands,
  selectAskedColumns,
  type EffectiveSampleSize,
} from "@osteon/evaluation";
import { applyFeatures } from "@osteon/features";
import type { Family } from "@osteon/generator";
import { drawFromFamily, unlessUnfit, type TrainingContext, type TrainingMaterial } from "./fit-family.ts";

/** Enough that the noise of drawing, which is subtracted, is small beside that of the training patients. */
const syntheticPatients = 1000;
const fewestRefits = 5;

/**
 * Estimates what patients of the family's models are worth, by refits to bootstrap samples of the training patients,
 * with the columns that the standard questions ask about, or with all of a private panel, as its noise grows with them;
 * networks, whose training takes many times as long, are refitted a third as often. Null where the configuration asks for
 * no refits.
 */
export async function valueModel(
  family: Family,
  { cohort, geneSets, pretraining }: TrainingMaterial,
  context: TrainingContext,
): Promise<EffectiveSampleSize | null> {
  const { effective_size_refits: asRequested, seed, differential_privacy: privacy } = context.configuration.training;
  if (asRequested === 0) return null;
  const refits = family === "factor-copula" ? asRequested : Math.max(fewestRefits, Math.ceil(asRequested / 3));
  const asked = selectAskedColumns(cohort);
  const fitted = privacy ? cohort : asked;
  const chosen = {
    mutationGenes: fitted.mutations.genes,
    copyNumberGenes: fitted.copyNumber.genes,
    expressionGenes: fitted.expression.genes,
    expressionUnit: fitted.expression.unit,
  };
  const material = { geneSets, pretraining: pretraining && applyFeatures(chosen, pretraining) };
  const quietly = { ...context, progress: () => {} };
  return estimateEffectiveSampleSize({
    cohort: fitted,
    estimands: listStandardEstimands(asked),
    refits,
    seed,
    generate: async (patients, refit) => {
      context.signal.throwIfAborted();
      context.progress(`effective sample size: refit ${refit + 1} of ${refits}`, refit / refits);
      const draw = { seed, count: syntheticPatients };
      return unlessUnfit(() => drawFromFamily(family, { ...material, cohort: patients }, draw, quietly));
    },
  });
}
