import { selectPatients, splitCohort, type Cohort } from "@osteon/cohort";
import { assessPrivacy, scoreByClosestRecord, type PrivacyReport, type PrivacyVerdict } from "@osteon/evaluation";
import { applyFeatures, type FeatureState, type GeneSet } from "@osteon/features";
import type { Family } from "@osteon/generator";
import type { StepContext } from "../step.ts";
import { chooseGenesAgain } from "./choose-genes.ts";
import { drawFromFamily } from "./fit-family.ts";

/** A shadow leaves this part of the patients out: nearer to the model itself than one of half of them. */
const folds = 4;
/** Fewest times that every patient is left out. */
const fewestBlocks = 4;
/** Records that a shadow's patients are looked for in. */
const shadowRecords = 500;

/** Fewest training patients of whom a shadow still has enough to be fitted to. */
const fewestPatients = 30;

/** The patients whose privacy is asked for. */
export interface PrivacyMaterial {
  /** All complete patients, every gene. */
  readonly complete: Cohort;
  /** The genes of the released model. */
  readonly state: FeatureState;
  readonly geneSets: readonly GeneSet[];
  /** The larger cohort of pre-training, every gene. */
  readonly pretraining: Cohort | null;
}

/**
 * Attacks the family on behalf of every training patient. The attacks on a file need patients who were not trained on:
 * they meet a model of a part of the patients. Those by likelihood ratio are for all training patients, by shadow
 * models that each leave a quarter of them out.
 */
export async function assessFamilyPrivacy(
  family: Family,
  { complete, state, geneSets, pretraining }: PrivacyMaterial,
  context: StepContext,
): Promise<PrivacyReport> {
  const { configuration, progress, signal } = context;
  const { seed, hold_out_fraction: holdOutFraction, shadow_models, synthetic_patients } = configuration.validation;
  const quiet = { ...context, progress: () => undefined };
  const draw = (cohort: Cohort, genes: FeatureState, index: number, count: number) => {
    const larger = pretraining && applyFeatures(genes, pretraining);
    return drawFromFamily(family, { cohort, geneSets, pretraining: larger }, { seed: seed + index, count }, quiet);
  };

  progress("attacking the file of a model of a part of the patients");
  const rows = splitCohort(complete, { holdOutFraction, seed });
  const part = selectPatients(complete, rows.train);
  const ownState = chooseGenesAgain(part, state, configuration);
  const train = applyFeatures(ownState, part);
  const trained = applyFeatures(state, complete);
  const patients = trained.patientIds.length;
  const shadows = shadow_models === 0 ? 0 : folds * Math.max(fewestBlocks, Math.round(shadow_models / folds));
  const scoreOf = scoreByClosestRecord(trained);
  return assessPrivacy({
    train,
    holdOut: applyFeatures(ownState, selectPatients(complete, rows.holdOut)),
    synthetic: await draw(train, ownState, 0, synthetic_patients),
    seed,
    ...(shadows > 0 &&
      patients >= fewestPatients && {
        shadows: {
          patients,
          shadows,
          folds,
          trainShadow: async (patientsIn, shadow) => {
            signal.throwIfAborted();
            progress(`attacking by shadow models, ${shadow + 1} of ${shadows}`, shadow / shadows);
            return scoreOf(await draw(selectPatients(trained, [...patientsIn]), state, shadow + 1, shadowRecords));
          },
        },
      }),
  });
}

/** The report's verdict in the words of the release gate. */
export function privacyVerdictOf({ gate }: PrivacyReport): PrivacyVerdict {
  return {
    passed: gate.verdict === "cannot tell" ? null : gate.verdict === "passes",
    statement: gate.reasons.length === 0 ? "no attack found anything" : gate.reasons.join("; "),
  };
}
