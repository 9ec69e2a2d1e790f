import { selectPatients, splitCohort } from "@osteon/cohort";
import { formatValidationTable, validateGenerator } from "@osteon/evaluation";
import { applyFeatures, fitFeatures } from "@osteon/features";
import type { Family } from "@osteon/generator";
import { runLayout } from "../run-layout.ts";
import type { Step } from "../step.ts";
import { featureOptions } from "./features.ts";
import { readPretraining } from "../training/read-pretraining.ts";
import { fitFamily } from "../training/train-model.ts";

/**
 * Judges the family and its options on patients it has not seen: features and model are fitted again on a
 * part of the patients, and what that model generates is compared with the rest. The released model is
 * trained on everybody, so it is never judged by the patients it was trained on.
 */
export const validateStep: Step = {
  options: ({ validation }) => validation,
  run: async (context) => {
    const { artefacts, configuration, progress } = context;
    const { seed, hold_out_fraction: holdOutFraction, repeats, synthetic_patients: count } = configuration.validation;
    const complete = await artefacts.readComplete();
    const split = splitCohort(complete, { holdOutFraction, seed });
    const trainComplete = selectPatients(complete, split.train);
    const state = fitFeatures(trainComplete, featureOptions(configuration));
    const train = applyFeatures(state, trainComplete);
    const holdOut = applyFeatures(state, selectPatients(complete, split.holdOut));
    const geneSets = await artefacts.readGeneSets();
    const pretraining = await readPretraining(context);
    const { manifest } = await artefacts.readTrained();
    const family = manifest.family as Family;
    const { model } = await fitFamily(
      family,
      { cohort: train, geneSets, pretraining: pretraining && applyFeatures(state, pretraining) },
      context,
    );
    progress("comparing with held-out patients");
    const synthetic = await model.sample({ conditions: {}, seed, firstIndex: 0, count });
    await model.release?.();
    const report = validateGenerator({
      train,
      holdOut,
      synthetic,
      geneSets,
      seed,
      repeats,
    });
    return {
      outputs: [
        await artefacts.writeJson(runLayout.validation, report),
        await artefacts.writeText(runLayout.validationTable, formatValidationTable(report)),
      ],
      detail: {
        family,
        trainPatients: report.patients.train,
        holdOutPatients: report.patients.holdOut,
        calibratedBiologicalScore: report.biologicalScore.calibrated,
        memorisationFlags: report.memorisation.flags.length,
      },
    };
  },
};
