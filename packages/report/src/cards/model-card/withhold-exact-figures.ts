import type { DifferentialPrivacy } from "../../differential-privacy.ts";
import { listCoverage, readDifferentialPrivacy } from "../../sections/differential-privacy.ts";
import { stateWorth } from "../../sections/inference.ts";
import { asSentence } from "../../markup/format.ts";
import type { CardSection } from "../card.ts";
import type { AppliedModelCard } from "./applied-model-card.ts";
import type { ModelCardInput } from "./model-card-input.ts";
import { stateTraining } from "./statements.ts";

/** What is said where an exact figure of the patients would stand. */
const withheld =
  "Withheld: exact figures of the patients are not covered by the model's differential privacy. They stand in the run's report.";

/** Sections that tell of the software, the options and the uses, and of no patient. */
const tellOfNoPatient: readonly string[] = ["Model details", "Intended use", "Factors"];

/** Fields that do, or that tell of the patients what the manifest does, which is drawn from the model. */
const fieldsThatTellOfNoPatient: readonly string[] = [
  "ModelName",
  "ModelDeveloper",
  "DeveloperContact",
  "ReleaseDate",
  "ReleaseVersion",
  "GlobalAvailability",
  "RegulatoryApproval",
  "Keywords",
  "IntendedUseAndWorkflow",
  "PrimaryIntendedUsers",
  "HowToUse",
  "TargetedPatientPopulation",
  "CautionedOutOfScopeSettings",
  "KnownBiasesOrEthicalConsiderations",
  "ClinicalRiskLevel",
  "OutcomesAndOutputs",
  "ModelType",
  "FoundationModels",
  "InputDataSource",
  "OutputAndInputDataTypes",
  "BiasMitigationApproaches",
  "OngoingMaintenance",
  "FundingSource",
  "StakeholdersConsulted",
  "MetricGoal",
  "TestType",
  "EvaluationReferences",
  "PeerReviewedPublications",
  "PatientConsentOrDisclosure",
];

/** The sections of a card that is released with a differentially private model: all but what is known to be safe is withheld. */
export function withholdSections(
  sections: readonly CardSection[],
  guarantee: DifferentialPrivacy,
  input: ModelCardInput,
): readonly CardSection[] {
  const { inference, manifest } = input;
  const inTheirPlace: Readonly<Record<string, readonly string[]>> = {
    "Training data": [
      stateTraining(input),
      "Deaths are those of as many patients drawn from the model.",
      `Keyed digest of the cohort: ${manifest.training.cohortDigest}.`,
    ],
    "Ethical considerations": [
      readDifferentialPrivacy(guarantee)!,
      asSentence(guarantee.mechanism),
      ...listCoverage(guarantee),
    ],
    "Caveats and recommendations": [
      `Noise moves correlations by about ${guarantee.correlationError.toFixed(2)} (root mean square, with what so many patients leave open), and shares of patients by about ${guarantee.cellNoise.toFixed(3)}.`,
      ...(inference.effectiveSampleSize === null ? [] : [stateWorth(inference)]),
    ],
  };
  return sections.map((section) =>
    tellOfNoPatient.includes(section.title)
      ? section
      : { title: section.title, statements: inTheirPlace[section.title] ?? [withheld] },
  );
}

/** The fields of such a card. */
export function withholdFields(card: AppliedModelCard, guarantee: DifferentialPrivacy): AppliedModelCard {
  const promise = readDifferentialPrivacy(guarantee)!;
  const inTheirPlace: Readonly<Record<string, string>> = {
    "ModelSummary.Summary": `Generates synthetic osteosarcoma patients. ${promise}`,
    "KeyMetrics.SafetyReliability.Result": promise,
    "Warnings.KnownRisksAndLimitations": listCoverage(guarantee).join(" "),
    "TrustIngredients.AISystemFacts.Transparency":
      "The package holds the record of the promise; evaluation, quality report and de-identification record stay with the run, as they hold exact figures.",
    "TrustIngredients.AISystemFacts.Security": `The package is encrypted for the holder of one key. ${promise}`,
  };
  const entries = Object.entries(card).map(([group, fields]) => [
    group,
    Object.fromEntries(
      Object.entries(fields).map(([field, text]) => [
        field,
        inTheirPlace[`${group}.${field}`] ?? (fieldsThatTellOfNoPatient.includes(field) ? text : withheld),
      ]),
    ),
  ]);
  return Object.fromEntries(entries) as AppliedModelCard;
}
