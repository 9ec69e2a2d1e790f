import { summariseCohort } from "@osteon/cohort";
import type { DeidentificationRecord } from "@osteon/deidentification";
import type { EvaluationReport, PrivacyReport } from "@osteon/evaluation";
import type { QualityReport } from "@osteon/quality";
import { composeReport, renderDataCard, renderModelCard, renderReport, type RenderedCard } from "@osteon/report";
import { conditionFloorOf } from "../load-synthesiser.ts";
import { guaranteeOf } from "../guarantee.ts";
import { worthOfModel } from "../model-worth.ts";
import { keepsPlainData, plainDataWarning } from "../plain-data.ts";
import { runLayout } from "../run-layout.ts";
import type { Step } from "../step.ts";
import type { ArchitectureChoice } from "../training/select-architecture.ts";

/** Writes what a person reads and signs: the report of the evaluation, the model card and the data card. */
export const reportStep: Step = {
  options: () => ({}),
  run: async ({ artefacts, configuration, osteonVersion }) => {
    const trained = await artefacts.readTrained();
    const { manifest, records } = trained;
    const { family, modelVersion, createdAt } = manifest;
    const validation = await artefacts.readJson<EvaluationReport>(runLayout.validation);
    const limits = [...validation.limits, ...(keepsPlainData(configuration) ? [plainDataWarning] : [])];
    const evaluation = { ...validation, limits };
    const privacy = await artefacts.readJson<PrivacyReport>(runLayout.privacy);
    const quality = await artefacts.readJson<QualityReport>(runLayout.quality);
    const deidentification = await artefacts.readJson<DeidentificationRecord>(runLayout.deidentificationRecord);
    const sourceKind = manifest.training.simulated ? "simulated demonstration cohort" : "cBioPortal study";
    const { smallestCell } = conditionFloorOf(trained);
    const inference = { ...worthOfModel(trained), smallestCell: Number.isFinite(smallestCell) ? smallestCell : null };
    const facts = { createdAt, osteonVersion, sourceKind, inference };
    const differentialPrivacy = guaranteeOf(trained);
    const report = {
      evaluation,
      privacy,
      differentialPrivacy,
      quality,
      run: { ...facts, runId: modelVersion, family, modelVersion },
    };
    const modelCard = renderModelCard({
      ...facts,
      manifest,
      evaluation,
      privacy,
      differentialPrivacy,
      quality,
      deidentification,
      pretrainingPatients: (records["pretraining"] as { readonly patients: number } | undefined)?.patients ?? null,
      architecture: (records["architecture"] as ArchitectureChoice | undefined) ?? null,
      publisher: null,
    });
    const dataCard = renderDataCard({
      ...facts,
      cohort: summariseCohort(await artefacts.readTraining()),
      cohortDigest: manifest.training.cohortDigest,
      quality,
      deidentification,
      outsideGuarantee: differentialPrivacy !== null,
    });
    const writeCard = async ({ markdown, json }: RenderedCard<unknown>, text: string, data: string) => [
      await artefacts.writeText(text, markdown),
      await artefacts.writeJson(data, json),
    ];
    return {
      outputs: [
        await artefacts.writeText(runLayout.report, renderReport(report)),
        await artefacts.writeJson(runLayout.reportData, composeReport(report)),
        ...(await writeCard(modelCard, runLayout.modelCard, runLayout.modelCardData)),
        ...(await writeCard(dataCard, runLayout.dataCard, runLayout.dataCardData)),
      ],
      detail: { report: runLayout.report },
    };
  },
};
