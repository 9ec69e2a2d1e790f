import { selectPatients, splitCohort, type Cohort } from "@osteon/cohort";
import { validateGenerator, type ValidationReport } from "@osteon/evaluation";
import { applyFeatures, fitFeatures, type GeneSet } from "@osteon/features";
import { fitModel, type Family, type ModelFit } from "@osteon/generator";

/** One way of making a model. */
export interface Variant {
  readonly name: string;
  readonly family: Family;
  readonly options?: Partial<Parameters<typeof fitModel>[2]>;
}

export interface SplitSettings {
  readonly geneSets: readonly GeneSet[];
  readonly splits: number;
  /** Of each score within a split. */
  readonly repeats: number;
  readonly syntheticPatients: number;
}

/** One variant on one split of the patients. */
export interface SplitMeasurement {
  readonly variant: string;
  readonly split: number;
  readonly fitSeconds: number;
  readonly training: ModelFit["training"] | null;
  readonly report: ValidationReport;
}

/**
 * Fits every variant to the same training part of repeated stratified 70/30 splits, features included, and compares
 * what it generates with the rest.
 */
export async function* measureFamilySplits(
  complete: Cohort,
  variants: readonly Variant[],
  { geneSets, splits, repeats, syntheticPatients }: SplitSettings,
): AsyncGenerator<SplitMeasurement> {
  for (let split = 0; split < splits; split++) {
    const rows = splitCohort(complete, { holdOutFraction: 0.3, seed: 1, repeat: split });
    const trainComplete = selectPatients(complete, rows.train);
    const state = fitFeatures(trainComplete);
    const train = applyFeatures(state, trainComplete);
    const holdOut = applyFeatures(state, selectPatients(complete, rows.holdOut));
    for (const { name, family, options } of variants) {
      const start = performance.now();
      // Another seed for each split: what chance gives a fit is part of the spread.
      const { model, training } = await fitModel(family, train, { seed: split + 1, geneSets, ...options });
      const fitSeconds = (performance.now() - start) / 1000;
      const synthetic = await model.sample({
        conditions: {},
        seed: split + 1,
        firstIndex: 0,
        count: syntheticPatients,
      });
      await model.release?.();
      const report = validateGenerator({ train, holdOut, synthetic, geneSets, seed: split + 1, repeats });
      yield { variant: name, split, fitSeconds, training: training ?? null, report };
    }
  }
}
