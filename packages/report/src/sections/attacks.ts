import { renderFigure, renderLegend, renderRow, sampleBox, sampleDot, sampleLine } from "../figures/figure.ts";
import {
  createStripAxis,
  markBand,
  markDot,
  markLine,
  markRange,
  renderStrip,
  renderStripScale,
} from "../figures/strip.ts";
import { asSentence, capitalise, formatFigure, formatRange, formatShare } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import type { AttackFinding } from "../privacy-findings.ts";
import { renderBadge } from "./judgement.ts";
import type { Reading } from "./reading.ts";

const areaAxis = createStripAxis(0, 1, [0, 0.25, 0.5, 0.75, 1]);
const differenceAxis = createStripAxis(-1, 1, [-1, -0.5, 0, 0.5, 1]);
/** Area under the curve of an attack that knows nothing. */
const coin = 0.5;

/** Attacks on the released file, each on the scale of what chance reaches. */
export function renderAttacks(attacks: readonly AttackFinding[], reading: Reading): Markup {
  const legend = renderLegend([
    { mark: sampleBox("chance"), name: "where 95 % of files lie that know nothing" },
    { mark: sampleDot("synthetic"), name: "this file" },
    { mark: sampleLine("range synthetic"), name: "95 % interval" },
  ]);
  const table = (kind: "ranking" | "rate") => {
    const axis = kind === "ranking" ? areaAxis : differenceAxis;
    const rows = attacks.filter(({ outcome }) => outcome.kind === kind).map(renderAttack);
    const scale = html`<td>${renderStripScale(axis, formatFigure)}</td>`;
    const name =
      kind === "ranking"
        ? "area under the curve: 0.5 is a coin"
        : "success on training minus success on held-out: 0 is nothing learnt";
    return rows.length === 0
      ? html``
      : html`<table class="strips attacks">
          <caption class="panel-title">
            ${capitalise(name)}
          </caption>
          <thead>
            <tr>
              <th scope="col">attack</th>
              ${scale}
              <th scope="col">verdict</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>`;
  };
  const unanswered = attacks.flatMap(({ title, outcome }) =>
    outcome.kind === "unanswered" ? [html`<li><strong>${title}</strong>: ${asSentence(outcome.reason)}</li>`] : [],
  );
  const corrected = attacks.some(({ verdict, outcome }) => verdict === "passes" && isBeyondChance(outcome));
  const body = [
    legend,
    table("ranking"),
    table("rate"),
    unanswered.length === 0
      ? html``
      : html`<p class="panel-title">Not answered</p>
          <ul class="muted">
            ${unanswered}
          </ul>`,
    corrected
      ? html`<p class="note">
          A dot a little beyond the grey band may pass: the verdicts are corrected for the number of attacks (Holm
          1979), one band is not.
        </p>`
      : "",
  ];
  return renderFigure("Attacks on the released file", body, reading);
}

/** More successful than 95 % of files that know nothing. */
function isBeyondChance(outcome: AttackFinding["outcome"]): boolean {
  if (outcome.kind === "unanswered") return false;
  const value = outcome.kind === "ranking" ? outcome.auc.value : outcome.main - outcome.control;
  return value > outcome.nullRange[1];
}

function renderAttack({ title, reading, verdict, outcome }: AttackFinding): Markup {
  if (outcome.kind === "unanswered") return html``;
  const ranking = outcome.kind === "ranking";
  const axis = ranking ? areaAxis : differenceAxis;
  const nothing = ranking ? coin : 0;
  const value = ranking ? outcome.auc.value : outcome.main - outcome.control;
  const [low, high] = outcome.nullRange;
  const label = `${title}: ${formatFigure(value)}; chance reaches from ${formatFigure(low)} to ${formatFigure(high)}`;
  const strip = renderStrip(axis, label, [
    markBand(axis, low, high, "chance"),
    markLine(axis, nothing, "reference"),
    ranking ? markRange(axis, outcome.auc.lower, outcome.auc.upper, "range synthetic") : html``,
    markDot(axis, value, "synthetic"),
  ]);
  const figures = ranking
    ? `AUC ${formatFigure(value)} (${formatRange(outcome.auc.lower, outcome.auc.upper)}); chance ${formatRange(low, high)}`
    : `training ${formatShare(outcome.main)}, held-out ${formatShare(outcome.control)}; risk ${formatFigure(outcome.risk.value)} ` +
      `(${formatRange(outcome.risk.lower, outcome.risk.upper)}); chance ${formatRange(low, high)}`;
  return renderRow(html`${title}<small>${figures}</small>`, [
    strip,
    html`${renderBadge(verdict)}<small>${asSentence(reading)}</small>`,
  ]);
}
