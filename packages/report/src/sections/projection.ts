import type { EvaluationFigures } from "../evaluation-parts.ts";
import { renderFigure, renderLegend, sampleBox, sampleLine } from "../figures/figure.ts";
import { findLevel, traceLevel } from "../figures/trace-level.ts";
import { formatShare } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import type { Reading } from "./reading.ts";

/** Shares of the patients that the lines hold, widest first. */
const shares = [0.9, 0.7, 0.4];

/** How much of the two clouds lies in the same place. */
export function readProjection({ projection: { real, synthetic, explained } }: EvaluationFigures): Reading {
  const [realTotal, syntheticTotal] = [sum(real), sum(synthetic)];
  const detail = `The two axes hold ${formatShare(explained[0])} and ${formatShare(explained[1])} of the variance of real expression.`;
  if (realTotal === 0 || syntheticTotal === 0) return { line: "One of the two clouds is empty.", detail };
  const overlap = sum(real.map((value, k) => Math.min(value / realTotal, synthetic[k]! / syntheticTotal)));
  return {
    line: `The two clouds share ${formatShare(overlap)} of their mass; 100 % would be one and the same cloud.`,
    detail,
  };
}

/** Real patients as areas, synthetic ones as lines, at the same shares; no patient has a mark of his own. */
export function renderProjection(figures: EvaluationFigures): Markup {
  const { bins, real, synthetic } = figures.projection;
  const reading = readProjection(figures);
  const title = "Where patients lie in the space of gene expression";
  if (sum(real) === 0 || sum(synthetic) === 0) return renderFigure(title, "", reading);
  const levels = (values: readonly number[]) =>
    shares.map((share) => traceLevel(values, bins, findLevel(values, share)));
  const legend = renderLegend([
    { mark: sampleBox("density-1"), name: "real" },
    { mark: sampleLine("contour"), name: "synthetic" },
  ]);
  const label = `Densities over the first two principal components: real as areas, synthetic as lines, holding ${shares
    .map(formatShare)
    .join(", ")} of the patients`;
  // The first row of the grid is the smallest value of the second component, which belongs at the foot.
  const map = html`<svg class="projection" viewBox="0 0 ${bins} ${bins}" role="img" aria-label="${label}">
    <g transform="translate(0 ${bins}) scale(1 -1)">
      ${levels(real).map(({ region }, k) => html`<path class="density-${k}" d="${region}" />`)}${levels(synthetic).map(
        ({ edge }, k) => html`<path class="contour contour-${k}" d="${edge}" />`,
      )}
    </g>
  </svg>`;
  const note = html`<p class="note">
    The lines hold ${shares.map(formatShare).join(", ")} of the patients. Left to right: first principal component;
    bottom to top: second.
  </p>`;
  return renderFigure(title, [legend, html`<div class="beside">${map}${note}</div>`], reading);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
