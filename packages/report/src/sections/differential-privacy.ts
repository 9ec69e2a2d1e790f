import type { DifferentialPrivacy } from "../differential-privacy.ts";
import { renderRow, renderTable } from "../figures/figure.ts";
import { asSentence, formatFigure } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";

/** The promise in a sentence; null where none was made. */
export function readDifferentialPrivacy(guarantee: DifferentialPrivacy | null | undefined): string | null {
  if (!guarantee) return null;
  const { epsilon, delta, rho, patients } = guarantee;
  return (
    `The model is differentially private for each of its ${patients} patients: ε ${formatFigure(epsilon)} at δ ${delta}, ` +
    `spent as ρ ${formatFigure(rho)} of zero-concentrated differential privacy. Had any one patient's whole record been ` +
    `another one's, no outcome would have been more than e^ε = ${formatFigure(Math.exp(epsilon))} times as likely, up to a probability of δ.`
  );
}

/** What the promise holds of and what not. */
export function listCoverage({ covered, notCovered, assumptions }: DifferentialPrivacy): readonly string[] {
  return [
    ...covered.map((what) => `Covered: ${what}.`),
    ...notCovered.map((what) => `Not covered: ${what}.`),
    ...assumptions.map((assumption) => `Assumed: ${asSentence(assumption)}`),
  ];
}

/** The promise, how it was kept, and where it ends; nothing where none was made. */
export function renderDifferentialPrivacy(guarantee: DifferentialPrivacy | null | undefined): Markup | "" {
  if (!guarantee) return "";
  return html`<h3>Differential privacy</h3>
    <p>${readDifferentialPrivacy(guarantee)!}</p>
    <p class="note">This page is not covered: its figures are exact ones of the patients.</p>
    <ul class="limits">
      ${listCoverage(guarantee).map((line) => html`<li>${line}</li>`)}
    </ul>
    <details>
      <summary>How it was kept</summary>
      <p>${asSentence(guarantee.mechanism)}</p>
      ${renderTable(
        "Releases made of the patients; all else is made of these",
        ["release", "ρ", "distance that one patient makes", "standard deviation of the noise"],
        guarantee.releases.map(({ what, rho, sensitivity, noiseDeviation }) =>
          renderRow(what, [formatFigure(rho), formatFigure(sensitivity), formatFigure(noiseDeviation)]),
        ),
      )}
    </details>`;
}
