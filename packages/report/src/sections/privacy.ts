import {
  renderFigure,
  renderLegend,
  renderRow,
  renderTable,
  sampleBox,
  sampleDot,
  sampleLine,
} from "../figures/figure.ts";
import { createPanel } from "../figures/panel.ts";
import {
  createStripAxis,
  markBand,
  markDot,
  markLine,
  markRange,
  renderStrip,
  renderStripScale,
} from "../figures/strip.ts";
import { chooseTicks } from "../figures/ticks.ts";
import { asSentence, countOf, formatFigure, formatRange, formatShare } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import type {
  AttackFinding,
  Judgement,
  LikelihoodRatioFinding,
  PrivacyFindings,
  PrivacyVerdict,
} from "../privacy-findings.ts";
import { className } from "./verdict.ts";

const outcomes = { passes: "passed", fails: "not passed", "cannot tell": "cannot tell" } as const;
const symbols: Readonly<Record<PrivacyVerdict, string>> = { passes: "✓", fails: "✕", "cannot tell": "?" };
const areaAxis = createStripAxis(0, 1, [0, 0.25, 0.5, 0.75, 1]);
const differenceAxis = createStripAxis(-1, 1, [-1, -0.5, 0, 0.5, 1]);
/** Level at which the report draws a share of right answers that is a coin's. */
const coin = 0.5;

/** What the attacks come to. */
export function readPrivacy(privacy: PrivacyFindings | null): string {
  if (privacy === null) return "Privacy was not assessed in this run.";
  const { gate, attacks } = privacy;
  const answered = attacks.filter(({ outcome }) => outcome.kind !== "unanswered").length;
  const made = `${countOf(answered, "attack")} of ${attacks.length} on the released file could be answered.`;
  if (gate.verdict === "passes") return `${made} None finds the training patients better than chance allows.`;
  return `${made} ${gate.reasons.map(asSentence).join(" ")}`;
}

/** Attacks with the range that chance alone reaches, the attack on the method, and the patient at most risk. */
export function renderPrivacy(privacy: PrivacyFindings | null): Markup {
  if (privacy === null) return html`<p class="absent">${readPrivacy(null)}</p>`;
  const { patients, copies, attacks, secrets, likelihoodRatio, worstPatient, statements } = privacy;
  return html`<p>
      ${countOf(patients.train, "training patient")} against ${patients.holdOut} held-out ones, attacked through
      ${countOf(patients.synthetic, "synthetic record")}.
    </p>
    ${statements.map((statement) => html`<p class="note">${asSentence(statement)}</p>`)}${renderAttacks(privacy, attacks)}${
      secrets.length === 0 ? "" : renderSecrets(privacy)
    }
    <h3>Copies</h3>
    <p>${renderJudgement(copies)}</p>
    <h3>Models trained with and without each patient</h3>
    <p>${renderJudgement(likelihoodRatio)}</p>
    ${likelihoodRatio.result === null ? "" : renderLikelihoodRatio(likelihoodRatio.result)}
    <h3>The patient at most risk</h3>
    <p>${renderJudgement(worstPatient)}</p>
    ${likelihoodRatio.result === null ? "" : renderRisks(likelihoodRatio.result, privacy.limits.worstPatient)}`;
}

/** The verdict with its symbol, and why. */
function renderJudgement({ verdict, reading }: Judgement): Markup {
  return html`${renderBadge(verdict)} ${asSentence(reading)}`;
}

function renderBadge(verdict: PrivacyVerdict): Markup {
  return html`<span class="verdict-mark ${className(outcomes[verdict])}"
    ><span aria-hidden="true">${symbols[verdict]}</span> ${verdict}</span
  >`;
}

function renderAttacks(privacy: PrivacyFindings, attacks: readonly AttackFinding[]): Markup {
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
            ${asSentence(name).replace(/\.$/, "")}
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
  ];
  return renderFigure("Attacks on the released file", body, readPrivacy(privacy));
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

function renderSecrets({ secrets }: PrivacyFindings): Markup {
  return html`<details>
    <summary>Attribute by attribute: what could be inferred</summary>
    ${renderTable(
      "Attribute inference; what is guessed of held-out patients too is biology, and the difference is the leak",
      ["attribute", "right on training", "right on held-out", "risk above control", "95 % interval"],
      secrets.map(({ name, main, control, risk }) =>
        renderRow(name, [
          formatShare(main),
          formatShare(control),
          formatFigure(risk.value),
          formatRange(risk.lower, risk.upper),
        ]),
      ),
    )}
  </details>`;
}

function renderLikelihoodRatio({
  auc,
  meanNullRange,
  shadows,
  patients,
  truePositiveRates,
}: LikelihoodRatioFinding): Markup {
  return renderTable(
    `Likelihood-ratio membership inference: ${shadows} models, ${patients} patients`,
    ["measure", "value", "95 % interval", "chance"],
    [
      renderRow("area under the curve", [
        formatFigure(auc.value),
        formatRange(auc.lower, auc.upper),
        formatRange(...meanNullRange),
      ]),
      ...truePositiveRates.map(({ falsePositiveRate, value, lower, upper }) =>
        renderRow(`found, at ${formatShare(falsePositiveRate)} false alarms`, [
          formatShare(value),
          `${formatShare(lower)} to ${formatShare(upper)}`,
          formatShare(falsePositiveRate),
        ]),
      ),
    ],
  );
}

/** Risk by rank: the curve tells how uneven it is, and nobody's name. */
function renderRisks({ patientRisks, worstPatient, shadows }: LikelihoodRatioFinding, bound: number): Markup {
  const count = patientRisks.length;
  const panel = createPanel(
    {
      minimum: 0,
      maximum: Math.max(1, count),
      ticks: chooseTicks(Math.max(1, count)).filter((tick) => tick <= count),
      name: "patients, by falling risk",
      formatTick: String,
    },
    {
      minimum: 0,
      maximum: 1,
      ticks: [0, 0.25, 0.5, 0.75, 1],
      name: "membership told rightly",
      formatTick: formatShare,
    },
  );
  const [left, right] = [panel.placeX(0), panel.placeX(Math.max(1, count))];
  const level = (value: number, kind: string) =>
    html`<line class="${kind}" x1="${left}" x2="${right}" y1="${panel.placeY(value)}" y2="${panel.placeY(value)}" />`;
  const risks = patientRisks.map(({ rank, correct, lower, upper }) => {
    const x = panel.placeX(rank - coin);
    return html`<line
        class="range synthetic thin"
        x1="${x}"
        x2="${x}"
        y1="${panel.placeY(lower)}"
        y2="${panel.placeY(upper)}"
      /><circle class="synthetic" cx="${x}" cy="${panel.placeY(correct)}" r="2" />`;
  });
  const label = `Share of ${shadows} models in which membership is told rightly, ${count} patients by falling risk`;
  const reading =
    `A coin is right half the time. The highest share observed is ${formatShare(worstPatient.correct)}; with 95 % confidence nobody's ` +
    `risk is above ${formatShare(worstPatient.upper)}, and the bound is ${formatShare(bound)} (upper line). Ranks only: no place on this curve can be traced to a person.`;
  return renderFigure(
    "Risk, patient by patient",
    html`<div class="panels">
      <div>${panel.render(label, [level(coin, "reference"), level(bound, "ceiling"), risks])}</div>
    </div>`,
    reading,
  );
}
