import { formatFigure, listWords } from "../../markup/format.ts";
import { listLimits } from "../../sections/limits.ts";
import { stateScore } from "../../sections/scores.ts";
import { formatDeaths } from "../../suppress-cells.ts";
import { describeFamily } from "../family-descriptions.ts";
import type { ModelCardInput } from "./model-card-input.ts";
import { intendedUsers, intendedUses, outOfScopeUses } from "../uses.ts";
import {
  stateArchitecture,
  stateDeidentification,
  stateDesign,
  stateGate,
  stateMemory,
  statePretraining,
  statePrivacy,
  stateTraining,
} from "./statements.ts";

/** Fields by group, named as in the schema of CHAI's Applied Model Card, version 0.1. */
export type AppliedModelCard = Readonly<Record<string, Readonly<Record<string, string>>>>;

const unsaid = "Not stated by the run; whoever releases the model has to state it.";

/** The fields of the Coalition for Health AI's Applied Model Card, in the schema's order. */
export function writeAppliedModelCard(input: ModelCardInput): AppliedModelCard {
  const { manifest, evaluation, privacy, publisher, inference } = input;
  const { design, gate } = evaluation;
  const limits = listLimits(evaluation, inference).join(" ");
  const test = {
    TestType: "Internal: repeated splits of one cohort; no outside cohort was used.",
    TestingDataDescription: stateDesign(input),
  };
  return {
    BasicInfo: {
      ModelName: `Osteon ${manifest.family}`,
      ModelDeveloper: publisher?.developer ?? unsaid,
      DeveloperContact: publisher?.contact ?? unsaid,
    },
    ReleaseInfo: {
      ReleaseStage: gate.passed === true ? "Passed the release gate" : "Not for release: the gate is not passed",
      ReleaseDate: manifest.createdAt,
      ReleaseVersion: manifest.modelVersion,
      GlobalAvailability: unsaid,
      RegulatoryApproval: "None, and none is sought: the model takes no part in care.",
    },
    ModelSummary: {
      Summary: `Generates synthetic osteosarcoma patients. ${stateScore(evaluation.families[0]!)} ${stateGate(input)}`,
      Keywords: "osteosarcoma, synthetic data, survival, gene expression, mutations, copy number",
    },
    UsesAndDirections: {
      IntendedUseAndWorkflow: intendedUses.join(" "),
      PrimaryIntendedUsers: intendedUsers,
      HowToUse:
        "By the command osteon generate, or by the HTTP service, from the sealed package and the key it was sealed for.",
      TargetedPatientPopulation: `Patients like those of the training cohort. ${stateTraining(input)}`,
      CautionedOutOfScopeSettings: outOfScopeUses.join(" "),
    },
    Warnings: {
      KnownRisksAndLimitations: limits,
      KnownBiasesOrEthicalConsiderations:
        "The model repeats whom the training cohort holds and whom it lacks; ancestry, hospital and treatment are not in the data.",
      ClinicalRiskLevel: "None in its intended use; any clinical use is out of scope.",
    },
    "TrustIngredients.AISystemFacts": {
      OutcomesAndOutputs:
        "Synthetic patients: clinical variables and survival, mutations, copy number and gene expression, as far as the training data have them.",
      ModelType: `${describeFamily(manifest.family)} ${stateArchitecture(input)}`,
      FoundationModels: statePretraining(input),
      InputDataSource: stateTraining(input),
      OutputAndInputDataTypes: "Tables of numbers and codes, in and out.",
      DevelopmentDataCharacterization: `${stateTraining(input)} ${stateDeidentification(input)}`,
      BiasMitigationApproaches: "The splits of the evaluation are stratified; nothing else is corrected.",
      OngoingMaintenance: unsaid,
      Security:
        "The package is encrypted for the holder of one key. What the model gives away of patients is under SafetyReliability.",
      Transparency: "The evaluation, the quality report and the de-identification record lie in the package.",
    },
    "TrustIngredients.TransparencyInformation": {
      FundingSource: publisher?.fundingSource ?? unsaid,
      StakeholdersConsulted: publisher?.stakeholdersConsulted ?? unsaid,
    },
    "KeyMetrics.UsefulnessUsabilityEfficacy": {
      MetricGoal: "Synthetic patients as like held-out real ones as fresh real patients are.",
      Result: stateScore(evaluation.families[0]!),
      Interpretation: stateGate(input),
      ...test,
      ValidationProcessAndJustification:
        "Scores are calibrated between a floor and fresh real patients, since raw ones are passed by photocopies and failed by real patients at this size.",
    },
    "KeyMetrics.FairnessEquity": {
      MetricGoal: "Survival as in real patients within each stratum of metastasis.",
      Result: listWords(
        evaluation.families[0]!.figures.survival.map(({ stratum, real, synthetic, reason }) =>
          real === null || synthetic === null
            ? `${stratum}: ${reason ?? "not shown"}`
            : `${stratum}: ${formatFigure(real.survival.at(-1) ?? null)} real and ${formatFigure(synthetic.survival.at(-1) ?? null)} synthetic survive at the end of follow-up`,
        ),
      ),
      Interpretation: "Other groups were not compared.",
      ...test,
      ValidationProcessAndJustification: `Kaplan–Meier curves with Greenwood's bands; ${formatDeaths(design.deaths)} carry them.`,
    },
    "KeyMetrics.SafetyReliability": {
      MetricGoal: "No training patient can be found out from the file or the model.",
      Result: `${stateMemory(input)} ${statePrivacy(input)}`,
      Interpretation: privacy === null ? "Nothing can be concluded." : `The privacy gate: ${privacy.gate.verdict}.`,
      ...test,
      ValidationProcessAndJustification:
        "Each attack is read against the range that chance reaches at this number of patients; what must be small is the risk of each patient, so the worst one is stated.",
    },
    Resources: {
      EvaluationReferences:
        "Mitchell et al. 2019; Carlini et al. 2022 (LiRA); Giomi et al. 2023; Article 29 Working Party, opinion 05/2014.",
      PeerReviewedPublications: unsaid,
      PatientConsentOrDisclosure: publisher?.patientConsent ?? unsaid,
      StakeholdersConsulted: publisher?.stakeholdersConsulted ?? unsaid,
    },
  };
}
