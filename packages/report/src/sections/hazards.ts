import type { EvaluationFigures } from "../evaluation-parts.ts";
import { renderFigure, renderRow } from "../figures/figure.ts";
import {
  createStripAxis,
  markDiamond,
  markDot,
  markLine,
  markRange,
  renderStrip,
  renderStripScale,
} from "../figures/strip.ts";
import { asSentence, formatRatio } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import type { Reading } from "./reading.ts";

type Hazard = EvaluationFigures["hazardRatios"][number];
type Ratio = NonNullable<Hazard["real"]>;

const axis = createStripAxis(0.1, 20, [0.1, 0.3, 1, 3, 10], "logarithmic");

/** What the covariates do to the hazard, in the two files. */
export function readHazards({ hazardRatios }: EvaluationFigures): Reading {
  const metastasis = hazardRatios.find(({ covariate }) => covariate === "metastasis");
  const line =
    metastasis?.real && metastasis.synthetic
      ? `Metastasis multiplies the hazard by ${formatRatio(metastasis.real.value)} among real patients, by ${formatRatio(metastasis.synthetic.value)} among synthetic ones.`
      : "What metastasis does to the hazard cannot be compared.";
  const detail = hazardRatios
    .map(({ covariate, real, synthetic, reason }) => {
      if (real === null || synthetic === null) return asSentence(`${covariate}: ${reason ?? "not fitted"}`);
      const apart = synthetic.value < real.lower || synthetic.value > real.upper;
      return asSentence(
        `${covariate}: hazard ratio ${formatRatio(real.value)} (${formatRatio(real.lower)} to ${formatRatio(real.upper)}) among real patients, ` +
          `${formatRatio(synthetic.value)} among synthetic ones, ${apart ? "outside" : "inside"} that interval`,
      );
    })
    .join(" ");
  return { line, detail };
}

/** A forest plot, real above synthetic. */
export function renderHazards(figures: EvaluationFigures): Markup {
  const rows = figures.hazardRatios.map(({ covariate, real, synthetic, reason }) => {
    const absent = asSentence(reason ?? "not fitted");
    return [
      renderRow(covariate, [
        html`real`,
        real ? renderRatio(`${covariate}, real`, real, "real") : absent,
        real ? describe(real) : "–",
      ]),
      renderRow(html`<span class="unseen">${covariate}</span>`, [
        html`synthetic`,
        synthetic ? renderRatio(`${covariate}, synthetic`, synthetic, "synthetic") : absent,
        synthetic ? describe(synthetic) : "–",
      ]),
    ];
  });
  const table = html`<table class="strips hazards">
    <caption class="unseen">
      Hazard ratios
    </caption>
    <thead>
      <tr>
        <th scope="col">covariate</th>
        <th scope="col">file</th>
        <td>${renderStripScale(axis, String)}</td>
        <th scope="col">hazard ratio (95 %)</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
  return renderFigure("What metastasis and age do to survival", table, readHazards(figures));
}

function describe({ value, lower, upper }: Ratio): Markup {
  return html`<span class="number">${formatRatio(value)} (${formatRatio(lower)} to ${formatRatio(upper)})</span>`;
}

function renderRatio(label: string, { value, lower, upper }: Ratio, kind: "real" | "synthetic"): Markup {
  return renderStrip(axis, `${label}: ${formatRatio(value)}, ${formatRatio(lower)} to ${formatRatio(upper)}`, [
    markLine(axis, 1, "reference"),
    markRange(axis, lower, upper, `range ${kind}`),
    kind === "real" ? markDot(axis, value, kind) : markDiamond(axis, value, kind),
  ]);
}
