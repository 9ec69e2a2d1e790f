import { listLimits } from "../../sections/limits.ts";
import { readSurvival } from "../../sections/survival.ts";
import { stateScore } from "../../sections/scores.ts";
import { formatDeaths } from "../../suppress-cells.ts";
import { describeFamily } from "../family-descriptions.ts";
import type { ModelCardInput } from "./model-card-input.ts";
import { intendedUsers, intendedUses, outOfScopeUses } from "../uses.ts";
import { listPrivacy, listScores, listStrata, type MetricResult } from "./metric-results.ts";
import {
  stateArchitecture,
  stateDeidentification,
  stateDesign,
  stateGate,
  stateMemory,
  statePretraining,
  statePrivacy,
  stateTraining,
  unsaid,
} from "./statements.ts";

export type { MetricResult };

/** Fields by group, named as in the schema of CHAI's Applied Model Card, version 0.2; a dot stands for a nested group. */
export type AppliedModelCard = Readonly<
  Record<string, string | Readonly<Record<string, string | readonly MetricResult[]>>>
>;

/** The fields of the Coalition for Health AI's Applied Model Card, in the schema's order. */
export function writeAppliedModelCard(input: ModelCardInput): AppliedModelCard {
  const { manifest, evaluation, privacy, publisher, inference } = input;
  const { design, gate } = evaluation;
  const released = evaluation.families[0]!;
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
      EHRCompatibility: "None: the model takes no part in care.",
      RegulatoryApproval: "None, and none is sought: the model takes no part in care.",
    },
    ModelSummary: {
      Summary: `Generates synthetic osteosarcoma patients. ${stateScore(released)} ${stateGate(input)}`,
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
      ThirdPartyInformation: "Nothing of a third party is in the model but what the training cohort came with.",
      FundingSource: publisher?.fundingSource ?? unsaid,
      StakeholdersConsulted: publisher?.stakeholdersConsulted ?? unsaid,
    },
    "KeyMetrics.UsefulnessUsabilityEfficacy": {
      MetricGoal: "Synthetic patients as like held-out real ones as fresh real patients are.",
      Results: listScores(released),
      Interpretation: stateGate(input),
      ...test,
      ValidationProcessAndJustification:
        "Scores are calibrated between a floor and fresh real patients, since raw ones are passed by photocopies and failed by real patients at this size.",
    },
    "KeyMetrics.FairnessEquity": {
      MetricGoal: "Survival as in real patients within each stratum of metastasis.",
      Results: listStrata(released),
      Interpretation: `${readSurvival(released.figures).line} Other groups were not compared.`,
      ...test,
      ValidationProcessAndJustification: `Kaplan–Meier curves with Greenwood's bands; ${formatDeaths(design.deaths)} carry them.`,
    },
    "KeyMetrics.SafetyReliability": {
      MetricGoal: "No training patient can be found out from the file or the model.",
      Results: listPrivacy(released, privacy),
      Interpretation: `${stateMemory(input)} ${statePrivacy(input)}${privacy === null ? " Nothing can be concluded." : ` The privacy gate: ${privacy.gate.verdict}.`}`,
      ...test,
      ValidationProcessAndJustification:
        "Each attack is read against the range that chance reaches at this number of patients; what must be small is the risk of each patient, so the worst one is stated.",
    },
    Resources: {
      EvaluationReferences:
        "Mitchell et al. 2019; Carlini et al. 2022 (LiRA); Giomi et al. 2023; Article 29 Working Party, opinion 05/2014.",
      ClinicalTrial: "None.",
      PeerReviewedPublications: unsaid,
      ReimbursementStatus: "None: the model takes no part in care.",
      PatientConsentOrDisclosure: publisher?.patientConsent ?? unsaid,
    },
    Bibliography:
      "Mitchell et al., Model cards for model reporting, FAT* 2019. Carlini et al., Membership inference attacks from first " +
      "principles, IEEE S&P 2022. Giomi et al., A unified framework for quantifying privacy risk in synthetic data, PoPETs 2023. " +
      "Article 29 Data Protection Working Party, Opinion 05/2014 on anonymisation techniques. Raab, Nowok and Dibben, " +
      "Practical data synthesis for large samples, Journal of Privacy and Confidentiality 2016.",
  };
}
