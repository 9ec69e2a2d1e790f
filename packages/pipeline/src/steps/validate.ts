import type { Cohort } from "@osteon/cohort";
import { evaluateRepeatedly, formatEvaluationTable, type EvaluatedFamily } from "@osteon/evaluation";
import { applyFeatures, type FeatureState, type GeneSet } from "@osteon/features";
import { families, type Family } from "@osteon/generator";
import { guaranteeOf } from "../guarantee.ts";
import { runLayout } from "../run-layout.ts";
import type { Step, StepContext } from "../step.ts";
import { assessFamilyPrivacy, privacyVerdictOf } from "../training/assess-privacy.ts";
import { chooseGenesAgain } from "../training/choose-genes.ts";
import { drawFromFamily } from "../training/fit-family.ts";
import { readPretraining } from "../training/read-pretraining.ts";

/**
 * Judges the family and its options on patients it has not seen: over repeated splits, features and model are fitted
 * again on a part of the patients, and what that model generates is compared with the rest. The released model is
 * trained on everybody, so it is never judged by the patients it was trained on. A gate that is not passed stops
 * nothing here: the model is sealed with its verdict.
 */
export const validateStep: Step = {
  options: ({ validation }) => validation,
  run: async (context) => {
    const { artefacts, configuration, progress, signal } = context;
    const { seed, splits, hold_out_fraction, synthetic_patients, families: wanted } = configuration.validation;
    const complete = await artefacts.readComplete();
    const geneSets = await artefacts.readGeneSets();
    const trained = await artefacts.readTrained();
    const released = trained.manifest.family as Family;
    const releasedGenes = await artefacts.readJson<FeatureState>(runLayout.features);
    const guarantee = guaranteeOf(trained);
    const others = wanted === "all" ? families.filter((family) => family !== released) : [];
    const pretraining = await readPretraining(context);
    // Side by side: networks train in threads of their own, and one of the two would wait while they do.
    const fault = new AbortController();
    const both = AbortSignal.any([signal, fault.signal]);
    const [tellAttack, tellSplits] = shareProgress(progress);
    const attacked = assessFamilyPrivacy(
      released,
      { complete, state: releasedGenes, geneSets, pretraining },
      { ...context, progress: tellAttack, signal: both },
    );
    let state: FeatureState;
    const judged = evaluateRepeatedly({
      complete,
      prepare: (train) => {
        const fitted = chooseGenesAgain(train, releasedGenes, configuration);
        state = fitted;
        return (cohort) => applyFeatures(fitted, cohort);
      },
      families: [released, ...others].map((family) =>
        evaluated(family, geneSets, () => pretraining && applyFeatures(state, pretraining), {
          ...context,
          signal: both,
        }),
      ),
      geneSets,
      seed,
      splits,
      holdOutFraction: hold_out_fraction,
      syntheticPatients: synthetic_patients,
      privacy: async () => privacyVerdictOf(await attacked),
      signal: both,
      onProgress: tellSplits,
    });
    const [privacy, report] = await Promise.all([attacked, judged]).catch((error: unknown) => {
      fault.abort(error);
      throw error;
    });
    const [first] = report.families;
    return {
      outputs: [
        await artefacts.writeJson(runLayout.validation, {
          ...report,
          ...(guarantee && { differentialPrivacy: guarantee }),
        }),
        await artefacts.writeText(runLayout.validationTable, formatEvaluationTable(report)),
        await artefacts.writeJson(runLayout.privacy, privacy),
      ],
      detail: {
        family: released,
        splits: report.design.splits,
        trainPatients: report.design.trainPatients,
        holdOutPatients: report.design.holdOutPatients,
        calibratedBiologicalScore: first?.biologicalScore.calibrated ?? null,
        memorisationFlags: first?.memorisationFlags.length ?? null,
        gatePassed: report.gate.passed,
      },
    };
  },
};

/** One progress for two pieces of work, each of which counts half. */
function shareProgress(progress: StepContext["progress"]) {
  const shares = [0, 0];
  const part =
    (k: number): StepContext["progress"] =>
    (message, share) => {
      shares[k] = share ?? shares[k]!;
      progress(message, (shares[0]! + shares[1]!) / 2);
    };
  return [part(0), part(1)] as const;
}

/** @param pretraining with the genes of the split under way */
function evaluated(
  family: Family,
  geneSets: readonly GeneSet[],
  pretraining: () => Cohort | null,
  context: StepContext,
): EvaluatedFamily {
  const quiet = { ...context, progress: () => undefined };
  return {
    family,
    generate: (cohort, split, count) => {
      // Another seed for each split: what chance gives a file is part of the spread.
      const draw = { seed: context.configuration.validation.seed + split, count };
      return drawFromFamily(family, { cohort, geneSets, pretraining: pretraining() }, draw, quiet);
    },
  };
}
