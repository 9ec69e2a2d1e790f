import type { EvaluationReport } from "@osteon/evaluation";
import type { FamilyEvaluation } from "../../evaluation-parts.ts";
import { formatFigure, formatRange, formatShare } from "../../markup/format.ts";
import type { PrivacyFindings } from "../../privacy-findings.ts";
import type { CardTable } from "../card.ts";
import type { ArchitectureEvidence } from "./model-card-input.ts";

/** Every metric beside its references. */
export function tabulateScores({ metrics }: FamilyEvaluation): CardTable {
  return {
    title: "Scores against held-out patients",
    columns: ["metric", "synthetic", "fresh real (ceiling)", "photocopy", "floor", "calibrated", "about 95 % interval"],
    rows: metrics.map(
      ({ name, synthetic, freshReal, photocopy, floor, calibrated: { informative, value, lower, upper } }) => [
        name,
        ...[synthetic, freshReal, photocopy, floor].map((estimate) => formatFigure(estimate.value)),
        informative ? formatFigure(value) : "not informative here",
        informative ? formatRange(lower, upper) : "–",
      ],
    ),
  };
}

/** The checks of the release gate. */
export function tabulateGate({ gate }: EvaluationReport): CardTable {
  return {
    title: "Release gate",
    columns: ["check", "outcome", "statement"],
    rows: gate.checks.map(({ name, passed, statement }) => [
      name,
      passed === null ? "cannot tell" : passed ? "passed" : "not passed",
      statement,
    ]),
  };
}

/** Every attack beside what chance reaches. */
export function tabulateAttacks({ attacks, copies, likelihoodRatio, worstPatient }: PrivacyFindings): CardTable {
  return {
    title: "Attacks",
    columns: ["attack", "value", "95 % interval", "range of chance", "verdict", "reading"],
    rows: [
      ["copies of training patients", "–", "–", "–", copies.verdict, copies.reading],
      ...attacks.map(({ title, outcome, verdict, reading }) => {
        if (outcome.kind === "unanswered") return [title, "–", "–", "–", verdict, reading];
        const { value, lower, upper } = outcome.kind === "ranking" ? outcome.auc : outcome.risk;
        const name = outcome.kind === "ranking" ? "AUC" : "risk above control";
        return [
          title,
          `${name} ${formatFigure(value)}`,
          formatRange(lower, upper),
          formatRange(...outcome.nullRange),
          verdict,
          reading,
        ];
      }),
      ...(likelihoodRatio.result === null
        ? [["likelihood ratio", "–", "–", "–", likelihoodRatio.verdict, likelihoodRatio.reading]]
        : [
            [
              "likelihood ratio",
              `AUC ${formatFigure(likelihoodRatio.result.auc.value)}`,
              formatRange(likelihoodRatio.result.auc.lower, likelihoodRatio.result.auc.upper),
              formatRange(...likelihoodRatio.result.meanNullRange),
              likelihoodRatio.verdict,
              likelihoodRatio.reading,
            ],
            ...likelihoodRatio.result.truePositiveRates.map(({ falsePositiveRate, value, lower, upper }) => [
              `likelihood ratio, at ${formatShare(falsePositiveRate)} false alarms`,
              `found ${formatShare(value)}`,
              `${formatShare(lower)} to ${formatShare(upper)}`,
              formatShare(falsePositiveRate),
              "–",
              "–",
            ]),
          ]),
      ["patient at most risk", "–", "–", "–", worstPatient.verdict, worstPatient.reading],
    ],
  };
}

/** How the families did when one was chosen. */
export function tabulateArchitectures({ families, splits }: ArchitectureEvidence): CardTable {
  return {
    title: `Families on ${splits} splits of the training patients`,
    columns: ["family", "mean calibrated score", "splits with copies", "membership AUC"],
    rows: families.map(({ family, mean, splitsWithCopies, membershipAuc }) => [
      family,
      formatFigure(mean),
      String(splitsWithCopies),
      formatFigure(membershipAuc),
    ]),
  };
}
