import type { AlterationFrequency, EvaluationFigures } from "../evaluation-parts.ts";
import {
  renderFigure,
  renderLegend,
  renderRow,
  renderTable,
  sampleBox,
  sampleDiamond,
  sampleLine,
} from "../figures/figure.ts";
import {
  createStripAxis,
  markBand,
  markDiamond,
  markRange,
  renderStrip,
  renderStripScale,
  type StripAxis,
} from "../figures/strip.ts";
import { chooseTicks } from "../figures/ticks.ts";
import { countOf, formatShare, listWords } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import type { Reading } from "./reading.ts";

const kinds = { mutated: "Mutated", gained: "Copy number gained", lost: "Copy number lost" } as const;
/** Genes of a kind that are drawn; the table has them all. */
const drawnGenes = 16;
const namedGenes = 5;
const suppressed = "too few patients to show";

/** How many synthetic frequencies the real intervals hold. */
export function readAlterations({ alterations }: EvaluationFigures): Reading {
  const shown = alterations.filter((frequency) => frequency.realLower !== null && frequency.realUpper !== null);
  if (shown.length === 0) {
    return { line: "No alteration is frequent enough among the real patients to be compared.", detail: "" };
  }
  const outside = shown.filter(
    ({ synthetic, realLower, realUpper }) => synthetic < realLower! || synthetic > realUpper!,
  );
  const named = outside
    .slice(0, namedGenes)
    .map(
      ({ gene, alteration, real, synthetic }) =>
        `${gene} ${alteration} (${formatShare(real)} real, ${formatShare(synthetic)} synthetic)`,
    );
  const more = outside.length > namedGenes ? ` and ${outside.length - namedGenes} more` : "";
  return {
    line: `In ${shown.length - outside.length} of ${countOf(shown.length, "alteration")} the synthetic frequency lies inside the interval of the real one.`,
    detail:
      outside.length === 0
        ? ""
        : `Outside: ${outside.length > namedGenes ? named.join(", ") : listWords(named)}${more}.`,
  };
}

/** Frequencies side by side, most frequent first, with all of them in a table. */
export function renderAlterations(figures: EvaluationFigures): Markup {
  const legend = renderLegend([
    { mark: sampleBox("bar real"), name: "real (“few”: too few patients to show)" },
    { mark: sampleLine("whisker"), name: "its 95 % interval" },
    { mark: sampleDiamond("synthetic"), name: "synthetic" },
  ]);
  const groups = (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) => {
    const frequencies = figures.alterations
      .filter(({ alteration }) => alteration === kind)
      .toSorted((a, b) => (b.real ?? -1) - (a.real ?? -1) || b.synthetic - a.synthetic);
    return frequencies.length === 0 ? [] : [renderKind(kinds[kind], frequencies.slice(0, drawnGenes))];
  });
  const all = html`<details>
    <summary>All ${figures.alterations.length} frequencies as a table</summary>
    ${renderTable(
      "Alteration frequencies",
      ["gene", "alteration", "real", "95 % interval", "synthetic"],
      figures.alterations.map(({ gene, alteration, real, realLower, realUpper, synthetic }) =>
        renderRow(gene, [
          alteration,
          real === null ? suppressed : formatShare(real),
          real === null ? "–" : `${formatShare(realLower)} to ${formatShare(realUpper)}`,
          formatShare(synthetic),
        ]),
      ),
    )}
  </details>`;
  const body = [legend, html`<div class="panels">${groups}</div>`, all];
  return renderFigure("How often genes are altered", body, readAlterations(figures));
}

function renderKind(title: string, frequencies: readonly AlterationFrequency[]): Markup {
  const largest = Math.max(0.05, ...frequencies.flatMap(({ realUpper, synthetic }) => [realUpper ?? 0, synthetic]));
  const ticks = chooseTicks(Math.min(1, largest), 2);
  const axis = createStripAxis(0, ticks.at(-1)!, ticks);
  return html`<table class="strips">
    <caption class="panel-title">
      ${title}
    </caption>
    <thead>
      <tr>
        <th scope="col">gene</th>
        <td>${renderStripScale(axis, formatShare)}</td>
        <th scope="col">real / syn.</th>
      </tr>
    </thead>
    <tbody>
      ${frequencies.map((frequency) => renderGene(axis, frequency))}
    </tbody>
  </table>`;
}

function renderGene(axis: StripAxis, { gene, real, realLower, realUpper, synthetic }: AlterationFrequency): Markup {
  const label = `${gene}: real ${real === null ? suppressed : formatShare(real)}, synthetic ${formatShare(synthetic)}`;
  const marks = [
    real === null ? html`` : markBand(axis, 0, real, "bar real"),
    realLower === null || realUpper === null ? html`` : markRange(axis, realLower, realUpper, "whisker"),
    markDiamond(axis, synthetic, "synthetic"),
  ];
  return renderRow(html`<i>${gene}</i>`, [
    renderStrip(axis, label, marks),
    html`<span class="number">${real === null ? "few" : formatShare(real)} / ${formatShare(synthetic)}</span>`,
  ]);
}
