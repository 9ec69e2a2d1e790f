import type { EvaluationReport } from "@osteon/evaluation";
import type { Estimate, FamilyEvaluation, MetricEvaluation } from "../evaluation-parts.ts";
import { renderRow, renderTable } from "../figures/figure.ts";
import { asSentence, capitalise, countOf, formatFigure, formatRange } from "../markup/format.ts";
import { html, type Content, type Markup } from "../markup/html.ts";
import { groupNames } from "./scores.ts";

/** All figures of the released family, with what each says. */
export function renderNumbers(family: FamilyEvaluation): Markup {
  const rows = family.metrics.map((metric) =>
    renderRow(html`${capitalise(metric.title)}<small>${breakName(metric.name)}</small>`, [
      groupNames[metric.group],
      `${metric.unit}, ${describeDirection(metric.better)}`,
      ...[metric.synthetic, metric.freshReal, metric.photocopy, metric.floor].map(renderEstimate),
      renderCalibrated(metric),
      asSentence(metric.reading),
    ]),
  );
  return renderTable(
    "All scores: means over the splits, with standard errors",
    ["metric", "group", "unit", "synthetic", "fresh real (ceiling)", "photocopy", "floor", "calibrated", "reading"],
    rows,
  );
}

/** The seed's raw scores and why they decide nothing here. */
export function renderSeedScores({ biologicalScore }: FamilyEvaluation): Markup {
  const { seedRaw, seedFreshReal, seedPhotocopy, seedFloor, meaning } = biologicalScore;
  return html`<p>${asSentence(meaning)}</p>
    ${renderTable(
      "The seed's overall biological score, uncalibrated",
      ["file", "score"],
      [
        renderRow("synthetic", [formatFigure(seedRaw)]),
        renderRow("fresh real patients", [formatFigure(seedFreshReal)]),
        renderRow("photocopy of the training patients", [formatFigure(seedPhotocopy)]),
        renderRow("independent marginals (floor)", [formatFigure(seedFloor)]),
      ],
    )}`;
}

/** The families side by side; the released one first. */
export function renderFamilies({ families }: EvaluationReport): Markup {
  return renderTable(
    "Families compared on the same splits",
    ["family", "calibrated score", "about 95 %", "informative metrics", "signs of memory"],
    families.map(({ family, biologicalScore, memorisationFlags }, place) =>
      renderRow(html`${family}${place === 0 ? html`<small>released</small>` : ""}`, [
        formatFigure(biologicalScore.calibrated),
        formatRange(biologicalScore.lower, biologicalScore.upper),
        countOf(biologicalScore.metrics.length, "metric"),
        memorisationFlags.length === 0 ? "none" : memorisationFlags.map(asSentence).join(" "),
      ]),
    ),
  );
}

/** Lets a long name break after its underscores. */
function breakName(name: string): Content {
  return name.split(/(?<=_)/).map((part) => html`${part}<wbr />`);
}

function renderEstimate({ value, standardError, reason }: Estimate): Content {
  if (value === null) return html`–<small>${reason ?? "no value"}</small>`;
  return standardError === null
    ? formatFigure(value)
    : html`${formatFigure(value)}<small>± ${formatFigure(standardError)}</small>`;
}

function renderCalibrated({ calibrated: { informative, value, lower, upper } }: MetricEvaluation): Content {
  return informative && value !== null
    ? html`${formatFigure(value)}<small>${formatRange(lower, upper)}</small>`
    : "not informative here";
}

function describeDirection(better: MetricEvaluation["better"]): string {
  return typeof better === "number" ? `best at ${formatFigure(better)}` : `${better} is better`;
}
