import type { ScoreSummary } from "@osteon/contracts";
import type { EvaluationReport } from "@osteon/evaluation";
import type { QualityReport } from "@osteon/quality";
import { driftRecords } from "../drift/package-reference.ts";
import { runLayout } from "../run-layout.ts";
import type { Step } from "../step.ts";
import { refuseCopies } from "../strict-privacy.ts";

/** Seals the model with its scores and the account of how it came about. */
export const sealStep: Step = {
  options: () => ({}),
  run: async ({ artefacts, configuration, keys }) => {
    const trained = await artefacts.readTrained();
    const { manifest, tensors, documents, records } = trained;
    const validation = await artefacts.readJson<EvaluationReport>(runLayout.validation);
    const quality = await artefacts.readJson<QualityReport>(runLayout.quality);
    refuseCopies(quality, validation, runLayout.validation);
    const drift = await driftRecords(trained, {
      training: await artefacts.readTraining(),
      everyone: await artefacts.readDeidentified(),
      geneSets: await artefacts.readGeneSets(),
      configuration,
    });
    const { family, createdAt, osteonVersion, seed, options, training, differentialPrivacy } = manifest;
    const draft = { family, createdAt, osteonVersion, seed, options, training };
    const cards = { model_card: await artefacts.readCard(runLayout.modelCard, runLayout.modelCardData) };
    const written = await artefacts.writeSealedPackage(
      runLayout.package,
      // Scores and counts are exact figures of the patients, and would undo differential privacy.
      differentialPrivacy
        ? {
            tensors,
            documents,
            manifest: { ...draft, differentialPrivacy, scores: {} },
            records: { ...records, ...drift, ...cards },
          }
        : {
            tensors,
            documents,
            manifest: { ...draft, scores: scoresOf(validation) },
            records: {
              ...records,
              ...drift,
              validation,
              quality,
              deidentification: await artefacts.readJson(runLayout.deidentificationRecord),
              privacy: await artefacts.readJson(runLayout.privacy),
              ...cards,
              data_card: await artefacts.readCard(runLayout.dataCard, runLayout.dataCardData),
            },
          },
      keys.identity.recipient,
    );
    return {
      outputs: [runLayout.package],
      detail: { family, modelVersion: written.manifest.modelVersion, bytes: written.sizeBytes },
    };
  },
};

/** The scores of the released family by metric, for the manifest and the ledger. */
export function scoresOf({ families }: EvaluationReport): Record<string, ScoreSummary> {
  return Object.fromEntries(
    (families[0]?.metrics ?? []).map(({ name, synthetic, freshReal, floor, photocopy, calibrated }) => [
      name,
      {
        value: synthetic.value,
        ceiling: freshReal.value,
        floor: floor.value,
        photocopy: photocopy.value,
        calibrated: calibrated.value,
      },
    ]),
  );
}
