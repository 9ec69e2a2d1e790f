import { html, type Content, type Markup } from "../markup/html.ts";
import type { Reading } from "../sections/reading.ts";

/** A figure with its title above and its reading below. */
export function renderFigure(title: string, body: Content, { line, detail }: Reading): Markup {
  return html`<figure>
    <p class="title">${title}</p>
    ${body}
    <figcaption>
      <p class="line">${line}</p>
      ${detail === "" ? "" : html`<p>${detail}</p>`}
    </figcaption>
  </figure>`;
}

/** Names of the marks, with a sample of each. */
export function renderLegend(entries: readonly { readonly mark: Markup; readonly name: string }[]): Markup {
  return html`<ul class="legend">
    ${entries.map(
      ({ mark, name }) => html`<li><svg width="26" height="14" aria-hidden="true">${mark}</svg>${name}</li>`,
    )}
  </ul>`;
}

/** A table that scrolls sideways by itself where the screen is narrow. */
export function renderTable(caption: string, columns: readonly string[], rows: Content): Markup {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** One row: its name, then its cells. */
export function renderRow(name: Content, cells: readonly Content[]): Markup {
  return html`<tr>
    <th scope="row">${name}</th>
    ${cells.map((cell) => html`<td>${cell}</td>`)}
  </tr>`;
}

export const sampleLine = (kind: string): Markup => html`<line class="${kind}" x1="1" x2="25" y1="7" y2="7" />`;
export const sampleDot = (kind: string): Markup => html`<circle class="${kind}" cx="13" cy="7" r="5" />`;
export const sampleBox = (kind: string): Markup => html`<rect class="${kind}" x="1" y="2" width="24" height="10" />`;
export const sampleDiamond = (kind: string): Markup =>
  html`<text class="${kind} diamond" text-anchor="middle" x="13" y="12">◆</text>`;
