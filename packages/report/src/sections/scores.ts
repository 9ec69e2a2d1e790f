import type { FamilyEvaluation, MetricEvaluation } from "../evaluation-parts.ts";
import { renderFigure, renderLegend, renderRow, sampleDiamond, sampleDot, sampleLine } from "../figures/figure.ts";
import {
  createStripAxis,
  markDiamond,
  markDot,
  markLine,
  markRange,
  renderStrip,
  renderStripScale,
} from "../figures/strip.ts";
import { asSentence, capitalise, countOf, formatFigure, formatRange, listWords } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import { sayInFull, type Reading } from "./reading.ts";

export const groupNames = {
  biology: "Biology",
  distribution: "Distribution",
  survival: "Survival",
  condition: "Condition fidelity",
  seed: "The seed's own scores",
} as const;

const axis = createStripAxis(-0.5, 2, [0, 0.5, 1, 1.5, 2]);

/** The calibrated score with its interval, and what its ends are. */
function readScore({ biologicalScore }: FamilyEvaluation): Reading {
  const { calibrated, lower, upper, metrics, lost } = biologicalScore;
  if (calibrated === null) {
    const line = "No biological metric is informative at this number of patients, so there is no calibrated score.";
    return { line, detail: "" };
  }
  const interval = lower === null || upper === null ? "" : ` (about 95 %: ${formatRange(lower, upper)})`;
  const misses =
    lost.length === 0 ? "" : ` Nearer to the floor than to real patients, beyond doubt: ${listWords(lost)}.`;
  return {
    line: `The calibrated biological score is ${formatFigure(calibrated)}${interval}, over ${countOf(metrics.length, "informative metric")}.`,
    detail: `0 is no biology at all, 1 is as good as fresh real patients.${misses}`,
  };
}

/** The score in full, in a text. */
export function stateScore(family: FamilyEvaluation): string {
  return sayInFull(readScore(family));
}

/** The score, and how to read what stands beside it. */
export function readScores(family: FamilyEvaluation): Reading {
  const { line, detail } = readScore(family);
  const memory = "A photocopy of the training patients may lie beyond 1: that is memory, and no success.";
  return { line, detail: detail === "" ? memory : `${detail} ${memory}` };
}

/** A row a metric: where it stands between floor and ceiling, and where a photocopy would. */
export function renderScores(family: FamilyEvaluation): Markup {
  const legend = renderLegend([
    { mark: sampleDot("synthetic"), name: "synthetic" },
    { mark: sampleLine("range synthetic"), name: "its 95 % interval" },
    { mark: sampleDiamond("photocopy"), name: "photocopy of the training patients" },
    { mark: html`<line class="floor" x1="13" x2="13" y1="0" y2="14" />`, name: "floor: no biology" },
    { mark: html`<line class="ceiling" x1="13" x2="13" y1="0" y2="14" />`, name: "ceiling: fresh real patients" },
  ]);
  const groups = (Object.keys(groupNames) as (keyof typeof groupNames)[]).flatMap((group) => {
    const metrics = family.metrics.filter((metric) => metric.group === group);
    if (metrics.length === 0) return [];
    return [
      html`<tbody>
        <tr class="group">
          <th scope="rowgroup" colspan="3">${groupNames[group]}</th>
        </tr>
        ${metrics.filter(isInformative).map(renderMetric)}${renderUninformative(metrics)}
      </tbody>`,
    ];
  });
  const table = html`<table class="strips scores">
    <caption class="unseen">
      Calibrated scores
    </caption>
    <thead>
      <tr>
        <th scope="col">metric</th>
        <td>${renderStripScale(axis, String)}</td>
        <th scope="col">calibrated</th>
      </tr>
    </thead>
    ${groups}
  </table>`;
  return renderFigure(
    "Every score on one scale: 0 the floor, 1 fresh real patients",
    [legend, table],
    readScores(family),
  );
}

type InformativeMetric = MetricEvaluation & { readonly calibrated: { readonly value: number } };

function isInformative(metric: MetricEvaluation): metric is InformativeMetric {
  return metric.calibrated.informative && metric.calibrated.value !== null;
}

/** A row a reason, with all the metrics that it keeps out. */
function renderUninformative(metrics: readonly MetricEvaluation[]): readonly Markup[] {
  const titles = Map.groupBy(
    metrics.filter((metric) => !isInformative(metric)),
    ({ calibrated }) => calibrated.reason ?? "floor and ceiling cannot be told apart",
  );
  return [...titles].map(
    ([reason, kept]) =>
      html`<tr class="muted">
        <th scope="row">Not informative here<small>${asSentence(reason)}</small></th>
        <td colspan="2">${asSentence(kept.map(({ title }) => title).join("; "))}</td>
      </tr>`,
  );
}

function renderMetric(metric: InformativeMetric): Markup {
  const { calibrated, reading } = metric;
  const title = capitalise(metric.title);
  const { value, lower, upper } = calibrated;
  const photocopy = placePhotocopy(metric);
  const label = `${title}: ${formatFigure(value)}, ${formatRange(lower, upper)}; photocopy ${formatFigure(photocopy)}`;
  return renderRow(html`${title}<small>${calibrated.reason ?? reading}</small>`, [
    renderStrip(axis, label, [
      markLine(axis, 0, "floor"),
      markLine(axis, 1, "ceiling"),
      lower === null || upper === null ? html`` : markRange(axis, lower, upper, "range synthetic"),
      photocopy === null ? html`` : markDiamond(axis, photocopy, "photocopy"),
      markDot(axis, value, "synthetic"),
    ]),
    html`<span class="number">${formatFigure(value)}<small>${formatRange(lower, upper)}</small></span>`,
  ]);
}

/** Where the photocopy stands on the calibrated scale; null where a reference has no value. */
function placePhotocopy({ better, photocopy, freshReal, floor }: MetricEvaluation): number | null {
  if (photocopy.value === null || freshReal.value === null || floor.value === null) return null;
  // Of a metric that should have one value, merit is the distance from it.
  const merit = (value: number) => (typeof better === "number" ? -Math.abs(value - better) : value);
  const width = merit(freshReal.value) - merit(floor.value);
  return width === 0 ? null : (merit(photocopy.value) - merit(floor.value)) / width;
}
