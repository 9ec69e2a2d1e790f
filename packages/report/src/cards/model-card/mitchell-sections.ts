import { countOf } from "../../markup/format.ts";
import { readHazards } from "../../sections/hazards.ts";
import { sayInFull } from "../../sections/reading.ts";
import { listLimits } from "../../sections/limits.ts";
import { groupNames, stateScore } from "../../sections/scores.ts";
import { readSurvival } from "../../sections/survival.ts";
import type { CardSection } from "../card.ts";
import { formatCell } from "../../suppress-cells.ts";
import { describeFamily } from "../family-descriptions.ts";
import type { ModelCardInput } from "./model-card-input.ts";
import { intendedUsers, intendedUses, outOfScopeUses } from "../uses.ts";
import { tabulateArchitectures, tabulateAttacks, tabulateGate, tabulateScores } from "./score-tables.ts";
import {
  stateArchitecture,
  stateDeidentification,
  stateDesign,
  stateGate,
  stateMemory,
  statePretraining,
  statePrivacy,
  statePublisher,
  stateTraining,
} from "./statements.ts";

/** The sections of a model card under the headings of Mitchell et al. 2019 (FAT*), in their order. */
export function writeMitchellSections(input: ModelCardInput): readonly CardSection[] {
  const { manifest, evaluation, privacy, quality, architecture, inference } = input;
  const released = evaluation.families[0]!;
  const groups = [...new Set(released.metrics.map(({ group }) => groupNames[group].toLowerCase()))];
  const options = Object.entries(manifest.options).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    {
      title: "Model details",
      statements: [
        `Model ${manifest.modelVersion} of the family ${manifest.family}, made at ${manifest.createdAt} by Osteon ${manifest.osteonVersion} from seed ${manifest.seed}.`,
        describeFamily(manifest.family),
        stateArchitecture(input),
        statePublisher(input),
      ],
      tables: [
        {
          title: "Options",
          columns: ["option", "value"],
          rows: options.map(([name, value]) => [name, JSON.stringify(value)]),
        },
        ...(architecture === null ? [] : [tabulateArchitectures(architecture)]),
      ],
    },
    {
      title: "Intended use",
      statements: [...intendedUses, `For: ${intendedUsers}`, ...outOfScopeUses.map((use) => `Out of scope: ${use}`)],
    },
    {
      title: "Factors",
      statements: [
        "Metastasis at diagnosis carries the prognosis; survival is evaluated within it. Age and metastasis enter as hazard ratios.",
        "Ancestry, hospital and treatment are not in the data: nothing can be said of how the model does across them.",
      ],
    },
    {
      title: "Metrics",
      statements: [
        `${countOf(released.metrics.length, "metric")}, of ${groups.join(", ")}. Each is placed between a floor (patients drawn without any structure) and a ceiling (fresh real patients); a photocopy of the training patients stands beside as what memory would get.`,
        "A metric whose floor and ceiling cannot be told apart at this number of patients is called not informative, and enters no score.",
        "Thresholds are those of the release gate, under quantitative analyses; what cannot be told is no pass.",
        "Variation: intervals of about 95 % over the splits, corrected for their overlap (Nadeau and Bengio 2003); attacks are read against the range that chance reaches.",
      ],
    },
    {
      title: "Evaluation data",
      statements: [
        stateDesign(input),
        "Why these: patients of the same cohort are the only ones with the same measurements; nothing is said of other hospitals.",
        "Genes are chosen, and everything else is fitted, on the training part of each split alone.",
      ],
    },
    {
      title: "Training data",
      statements: [
        stateTraining(input),
        statePretraining(input),
        stateDeidentification(input),
        `Of the ${countOf(quality.patients, "patient")} checked, ${formatCell(quality.patients - quality.usablePatients)} lack something that training needs; the quality check ${quality.passed ? "found no error" : "found errors"}.`,
        `SHA-256 of the cohort: ${manifest.training.cohortDigest}.`,
      ],
    },
    {
      title: "Quantitative analyses",
      statements: [
        stateScore(released),
        stateGate(input),
        sayInFull(readSurvival(released.figures)),
        sayInFull(readHazards(released.figures)),
        "By factor: survival within metastasis, hazard ratios of metastasis and age. Not by two factors at once: the cells would be too small.",
      ],
      tables: [tabulateGate(evaluation), tabulateScores(released)],
    },
    {
      title: "Ethical considerations",
      statements: [
        manifest.training.simulated
          ? "The training patients are simulated: no person can be harmed by what this model gives away, and nothing is learnt of people either."
          : "The training patients are people with a rare disease: a handful of facts may be enough to know one of them by.",
        stateMemory(input),
        statePrivacy(input),
        "Against this: keyed pseudonyms, a closed list of columns, a sealed package, a floor on the profiles that are answered. None of it makes a model that gives patients away fit for release.",
        "Harm that remains: somebody who knows a patient's measurements may learn that they were in the cohort; somebody may take a synthetic patient for evidence.",
        ...(quality.strictPrivacy
          ? ["The cohort was admitted as a small one: a model that repeats a patient is not sealed."]
          : []),
      ],
      tables: privacy === null ? [] : [tabulateAttacks(privacy)],
    },
    { title: "Caveats and recommendations", statements: listLimits(evaluation, inference) },
  ];
}
