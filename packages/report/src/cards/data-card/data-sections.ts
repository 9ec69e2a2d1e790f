import { findingTitles, type QualityReport } from "@osteon/quality";
import { asSentence, countOf, formatFigure, formatShare } from "../../markup/format.ts";
import type { CardSection } from "../card.ts";
import { formatCell, formatPartition, hideLeadingCount, smallestCell } from "../../suppress-cells.ts";
import type { DataCardInput } from "./render-data-card.ts";

const exactFigures =
  "This card holds exact figures of the patients. The model's differential privacy does not cover it, so it is not in the model's package.";

/** What the cohort is, how it came here, and what was found in it. */
export function writeDataSections(input: DataCardInput): readonly CardSection[] {
  return [
    describeSource(input),
    describeCohort(input),
    describeCompleteness(input.quality),
    describeQuality(input),
    describeDeidentification(input),
  ];
}

function describeSource({
  sourceKind,
  createdAt,
  osteonVersion,
  cohort,
  cohortDigest,
  deidentification,
  outsideGuarantee,
}: DataCardInput): CardSection {
  const tables = [...new Set([...deidentification.taken, ...deidentification.dropped].map(({ table }) => table))];
  return {
    title: "Source",
    statements: [
      asSentence(`a ${sourceKind}, read by Osteon ${osteonVersion} at ${createdAt}`),
      cohort.simulated ? "The patients are simulated: no person stands behind them." : "The patients are people.",
      ...(outsideGuarantee ? [exactFigures] : []),
      `SHA-256 of the cohort: ${cohortDigest}.`,
      ...deidentification.notes.map((note) => asSentence(hideLeadingCount(note))),
    ],
    tables: [
      {
        title: "Columns taken and dropped",
        columns: ["table", "taken", "dropped"],
        rows: tables.map((table) => [
          table,
          String(deidentification.taken.filter((column) => column.table === table).length),
          String(deidentification.dropped.filter((column) => column.table === table).length),
        ]),
      },
      {
        title: "Rows there and not used",
        columns: ["table", "reason", "rows"],
        rows: deidentification.refused.map(({ table, reason, count }) => [table, reason, formatCell(count)]),
      },
    ],
  };
}

function describeCohort({ cohort }: DataCardInput): CardSection {
  const partition = (names: readonly string[], counts: readonly number[]) =>
    formatPartition(counts).map((cell, k) => [names[k]!, cell]);
  return {
    title: "Cohort",
    statements: [
      `${countOf(cohort.patients, "patient")}; ${cohort.mutationGenes} genes for mutations, ${cohort.copyNumberGenes} for copy number, ` +
        `${cohort.expressionGenes} for expression${cohort.expressionGenes > 0 ? ` in ${cohort.expressionUnit}` : ""}.`,
      `Counts of 1 to ${smallestCell - 1} patients are not printed, nor what would give them away by subtraction.`,
    ],
    tables: [
      {
        title: "Patients",
        columns: ["group", "patients"],
        rows: [
          ...partition(
            ["died in follow-up", "alive at last contact", "survival unknown"],
            [cohort.deaths, cohort.censored, cohort.survivalUnknown],
          ),
          ...partition(
            ["metastatic at diagnosis", "localised at diagnosis", "metastasis unknown"],
            [cohort.metastatic, cohort.notMetastatic, cohort.metastasisUnknown],
          ),
          ...(
            [
              ["age known", cohort.ageKnown],
              ["sequenced", cohort.sequenced],
              ["with copy number", cohort.withCopyNumber],
              ["with expression", cohort.withExpression],
              ["complete", cohort.complete],
            ] as const
          ).map(([name, count]) => [name, formatPartition([count, cohort.patients - count])[0]!]),
        ],
      },
    ],
  };
}

function describeCompleteness({ variables, tables }: QualityReport): CardSection {
  return {
    title: "Completeness",
    statements: [
      `${countOf(variables.length, "clinical variable")} and ${countOf(tables.length, "molecular table")} were examined.`,
    ],
    tables: [
      {
        title: "Clinical variables",
        columns: ["variable", "unit", "allowed", "missing", "out of range"],
        rows: variables.map(({ name, unit, allowed, missing, outOfRange }) => [
          name,
          unit,
          allowed,
          formatCell(missing),
          formatCell(outOfRange),
        ]),
      },
      {
        title: "Molecular tables",
        columns: ["table", "unit", "genes", "values missing", "sparse genes", "constant genes"],
        rows: tables.map(({ name, unit, genes, missingFraction, sparseGenes, constantGenes }) => [
          name,
          unit,
          String(genes),
          formatShare(missingFraction),
          String(sparseGenes),
          String(constantGenes),
        ]),
      },
    ],
  };
}

/** Findings by kind: their messages may hold small counts, and stay in the quality report. */
function describeQuality({ quality }: DataCardInput): CardSection {
  const follow = quality.medianFollowUpDays;
  return {
    title: "Quality",
    statements: [
      quality.passed ? "The quality check found no error." : "The quality check found errors.",
      `Of ${countOf(quality.patients, "patient")}, ${formatCell(quality.patients - quality.usablePatients)} lack something that training needs (${quality.countedParts.join(", ")}).`,
      follow === null ? "The median follow-up cannot be estimated." : `Median follow-up: ${formatFigure(follow)} days.`,
      ...(quality.strictPrivacy ? ["The cohort was admitted as a small one."] : []),
    ],
    tables: [
      {
        title: "Findings",
        columns: ["level", "finding"],
        rows: quality.findings.map(({ level, code }) => [level, findingTitles[code]]),
      },
    ],
  };
}

function describeDeidentification({ deidentification }: DataCardInput): CardSection {
  const { release, patients, changed, findings } = deidentification;
  return {
    title: "De-identification",
    statements: [
      `Release ${release}: ids of ${countOf(patients, "patient")} became keyed pseudonyms; only columns of the contract were taken.`,
      findings.length === 0
        ? "No identifier was found in what was dropped."
        : `Identifiers were found in ${countOf(findings.length, "dropped column")} and went with ${findings.length === 1 ? "it" : "them"}: ${[...new Set(findings.map((finding) => finding.class))].join(", ")}.`,
    ],
    tables: [
      {
        title: "Changed",
        columns: ["column", "treatment", "patients"],
        rows: changed.map(({ column, treatment, count }) => [column, treatment, formatCell(count)]),
      },
    ],
  };
}
