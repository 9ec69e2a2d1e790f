import { renderFigure, renderRow, renderTable } from "../figures/figure.ts";
import { createPanel } from "../figures/panel.ts";
import { chooseTicks } from "../figures/ticks.ts";
import { formatFigure, formatRange, formatShare } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import type { LikelihoodRatioFinding } from "../privacy-findings.ts";

/** How often a coin tells membership rightly. */
const coin = 0.5;

/** The attack by models trained with and without each patient. */
export function renderLikelihoodRatio({
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
export function renderRisks({ patientRisks, worstPatient, shadows }: LikelihoodRatioFinding, bound: number): Markup {
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
    const x = panel.placeX(rank - 0.5);
    return html`<line
        class="range synthetic thin"
        x1="${x}"
        x2="${x}"
        y1="${panel.placeY(lower)}"
        y2="${panel.placeY(upper)}"
      /><circle class="synthetic" cx="${x}" cy="${panel.placeY(correct)}" r="2" />`;
  });
  const label = `Share of ${shadows} models in which membership is told rightly, ${count} patients by falling risk`;
  const reading = {
    line:
      worstPatient.upper < 1
        ? `With 95 % confidence nobody's risk is above ${formatShare(worstPatient.upper)}; the bound is ${formatShare(bound)} (dashed line).`
        : `How great the greatest risk is, ${shadows} models cannot tell; the bound is ${formatShare(bound)} (dashed line).`,
    detail:
      `A coin is right half the time; the highest share observed is ${formatShare(worstPatient.correct)}. ` +
      "Ranks only: no place on this curve can be traced to a person.",
  };
  return renderFigure(
    "Risk, patient by patient",
    html`<div class="beside">
      ${panel.render(label, [level(coin, "reference"), level(bound, "bound"), risks])}
      <p class="note">
        A dot a patient, with its 95 % interval over ${shadows} models. Grey line: a coin. Dashed line: the bound.
      </p>
    </div>`,
    reading,
  );
}
