import type { EvaluationFigures, OncoprintFigure } from "../evaluation-parts.ts";
import { renderFigure, renderLegend, sampleBox } from "../figures/figure.ts";
import { formatShare, listWords } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import { smallestCell } from "../suppress-cells.ts";
import type { Reading } from "./reading.ts";

type Group = OncoprintFigure["groups"][number];
type File = "real" | "synthetic";

const width = 340;
const labels = 98;
const rowHeight = 19;
const cellHeight = 15;

/** How much of the two files falls into the groups alike, and where they differ most. */
export function readOncoprint({ oncoprint: { rows, groups } }: EvaluationFigures): Reading {
  if (groups.length === 0) return { line: "No alteration is frequent enough to form groups of patients.", detail: "" };
  const alike = groups.reduce((sum, { real, synthetic }) => sum + Math.min(real, synthetic), 0);
  const apart = ({ real, synthetic }: Group) => Math.abs(real - synthetic);
  const widest = groups.reduce((a, b) => (apart(b) > apart(a) ? b : a));
  return {
    line: `The two files share ${formatShare(alike)} of their mix of alterations; 100 % would be one and the same mix.`,
    detail:
      `The widest difference is among patients ${describeGroup(rows, widest)}: ` +
      `${formatShare(widest.real)} real, ${formatShare(widest.synthetic)} synthetic.`,
  };
}

/** Real and synthetic side by side, in the same groups. */
export function renderOncoprint(figures: EvaluationFigures): Markup {
  const { oncoprint } = figures;
  const reading = readOncoprint(figures);
  const title = "Which alterations meet in a patient";
  if (oncoprint.groups.length === 0) return renderFigure(title, "", reading);
  const legend = renderLegend([
    { mark: sampleBox("altered real"), name: "altered, real" },
    { mark: sampleBox("altered synthetic"), name: "altered, synthetic" },
    { mark: sampleBox("unaltered"), name: "not altered" },
    { mark: sampleBox("unsplit"), name: "some of them: too few to say who" },
  ]);
  const panels = html`<div class="panels pair">
    ${(["real", "synthetic"] as const).map((file) => renderFile(oncoprint, file))}
  </div>`;
  const note = html`<p class="note">
    A column is a group of at least ${smallestCell} real patients, as wide as its share of the file; shares of the real
    ones are told in steps of ${smallestCell} patients.
  </p>`;
  return renderFigure(title, [legend, panels, note], reading);
}

function renderFile({ rows, groups }: OncoprintFigure, file: File): Markup {
  const shares = groups.map((group) => group[file]);
  const starts = shares.map(
    (_, k) => labels + (width - labels) * shares.slice(0, k).reduce((sum, part) => sum + part, 0),
  );
  const cells = rows.map(({ gene, alteration }, row) => {
    const top = row * rowHeight;
    return html`<text class="tick" text-anchor="end" x="${labels - 6}" y="${top + 11}">${gene} ${alteration}</text
      >${groups.map(({ states }, k) => {
        const wide = (width - labels) * shares[k]!;
        if (wide === 0) return "";
        // A seam between columns, where there is room for one.
        const seam = wide > 3 ? 1 : 0;
        return html`<rect
          class="${nameState(states[row]!, file)}"
          x="${starts[k]!}"
          y="${top}"
          width="${wide - seam}"
          height="${cellHeight}"
        />`;
      })}`;
  });
  const foot = rows.length * rowHeight;
  const scale = [0, 0.5, 1].map(
    (share) =>
      html`<text
        class="tick"
        text-anchor="${share === 0 ? "start" : share === 1 ? "end" : "middle"}"
        x="${labels + (width - labels) * share}"
        y="${foot + 11}"
        >${formatShare(share)}</text
      >`,
  );
  const name = file === "real" ? "Real" : "Synthetic";
  return html`<div>
    <p class="panel-title">${name}</p>
    <svg
      class="oncoprint"
      viewBox="0 0 ${width} ${foot + 16}"
      role="img"
      aria-label="${name}: ${rows.length} alterations in ${groups.length} groups of patients"
    >
      ${cells}${scale}
    </svg>
  </div>`;
}

function nameState(state: boolean | null, file: File): string {
  if (state === null) return "unsplit";
  return state ? `altered ${file}` : "unaltered";
}

/** "with MYC gained and RB1 lost"; by what they lack where they have none of it. */
function describeGroup(rows: OncoprintFigure["rows"], { states }: Group): string {
  const names = (wanted: boolean) =>
    rows.filter((_, row) => states[row] === wanted).map(({ gene, alteration }) => `${gene} ${alteration}`);
  const [altered, unaltered] = [names(true), names(false)];
  if (altered.length === 0 && unaltered.length === 0) return "of all groups";
  return altered.length > 0 ? `with ${listWords(altered)}` : `without ${listWords(unaltered)}`;
}
