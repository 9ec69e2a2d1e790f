import type { EvaluationReport } from "@osteon/evaluation";
import type { FamilyEvaluation, MetricEvaluation } from "../evaluation-parts.ts";
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
      ...[metric.synthetic, metric.freshReal, metric.photocopy, metric.floor].map(({ value, standardError }) =>
        renderEstimate(value, standardError),
      ),
      renderCalibrated(metric),
      asSentence(explain(metric)),
    ]),
  );
  return html`<details>
    <summary>All ${family.metrics.length} scores as a table</summary>
    ${renderTable(
      "All scores: means over the splits, with standard errors",
      ["metric", "group", "unit", "synthetic", "fresh real (ceiling)", "photocopy", "floor", "calibrated", "reading"],
      rows,
    )}
  </details>`;
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

/** What the scores say, or why they say nothing. */
function explain({ synthetic, freshReal, calibrated, reading }: MetricEvaluation): string {
  if (calibrated.informative && calibrated.value !== null) return reading;
  return `not informative here: ${synthetic.reason ?? freshReal.reason ?? calibrated.reason ?? reading}`;
}

function renderEstimate(value: number | null, standardError: number | null): Content {
  return standardError === null
    ? formatFigure(value)
    : html`${formatFigure(value)}<small>± ${formatFigure(standardError)}</small>`;
}

function renderCalibrated({ calibrated: { informative, value, lower, upper } }: MetricEvaluation): Content {
  return informative && value !== null ? html`${formatFigure(value)}<small>${formatRange(lower, upper)}</small>` : "–";
}

function describeDirection(better: MetricEvaluation["better"]): string {
  return typeof better === "number" ? `best at ${formatFigure(better)}` : `${better} is better`;
}
