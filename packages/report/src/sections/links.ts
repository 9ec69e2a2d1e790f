import type { FamilyEvaluation } from "../evaluation-parts.ts";
import { renderRow, renderTable } from "../figures/figure.ts";
import { capitalise, formatFigure } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";

type Link = FamilyEvaluation["links"][number];

const readings: Readonly<Record<Link["verdict"], string>> = {
  kept: "kept",
  lost: "lost",
  "not informative": "not informative: the real patients do not show it",
};

/** Links that are known from elsewhere: whether the real patients show them, and the synthetic ones keep them. */
export function renderLinks({ links }: FamilyEvaluation): Markup {
  return html`<h3>What is known to go together</h3>
    ${renderTable(
      "Strength of links that are known from elsewhere, and how seldom patients whose parts were shuffled show as much",
      ["link", "real patients", "synthetic", "verdict"],
      links.map(({ title, real, synthetic, verdict }) =>
        renderRow(capitalise(title), [describe(real), describe(synthetic), readings[verdict]]),
      ),
    )}`;
}

function describe(tested: Link["real"]): string {
  if (tested === null) return "cannot be looked for";
  return `${formatFigure(tested.strength)} (p ${tested.pValue < 0.001 ? "< 0.001" : `= ${tested.pValue.toPrecision(1)}`})`;
}
