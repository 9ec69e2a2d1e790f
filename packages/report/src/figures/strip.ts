import { html, type Markup } from "../markup/html.ts";
import { formatFigure } from "../markup/format.ts";

/**
 * A horizontal axis one table row high. Places are percentages of its width, so that a strip fills its cell
 * on any screen and its marks keep their shape.
 */
export interface StripAxis {
  readonly ticks: readonly number[];
  /** Place of a value in percent; held to the ends. */
  place(value: number): number;
  isBeyond(value: number): boolean;
}

/** Room for half a mark at both ends, in percent. */
const inset = 3;
const height = 22;
const middle = height / 2;

export function createStripAxis(
  minimum: number,
  maximum: number,
  ticks: readonly number[],
  scale: "linear" | "logarithmic" = "linear",
): StripAxis {
  const transform = scale === "linear" ? (value: number) => value : (value: number) => Math.log(value);
  const [low, high] = [transform(minimum), transform(maximum)];
  return {
    ticks,
    place: (value) => {
      const share = (transform(Math.max(minimum, Math.min(maximum, value))) - low) / (high - low);
      return inset + (100 - 2 * inset) * share;
    },
    isBeyond: (value) => value < minimum || value > maximum,
  };
}

/** @param label what the strip shows, for those who do not see it */
export function renderStrip(axis: StripAxis, label: string, marks: readonly Markup[]): Markup {
  return html`<svg class="strip" width="100%" height="${height}" role="img" aria-label="${label}">
    ${axis.ticks.map(
      (tick) => html`<line class="grid" x1="${axis.place(tick)}%" x2="${axis.place(tick)}%" y1="0" y2="${height}" />`,
    )}${marks}
  </svg>`;
}

/** The axis with its numbers, for a row of headings. */
export function renderStripScale(axis: StripAxis, name: (tick: number) => string = formatFigure): Markup {
  return html`<svg class="strip" width="100%" height="16" aria-hidden="true">
    ${axis.ticks.map(
      (tick) =>
        html`<text class="tick" text-anchor="${anchorOf(axis.place(tick))}" x="${axis.place(tick)}%" y="12"
          >${name(tick)}</text
        >`,
    )}
  </svg>`;
}

/** Numbers at the ends stay within the strip. */
function anchorOf(place: number): string {
  return place < 10 ? "start" : place > 90 ? "end" : "middle";
}

export function markRange(axis: StripAxis, lower: number, upper: number, kind: string): Markup {
  return html`<line
    class="${kind}"
    x1="${axis.place(lower)}%"
    x2="${axis.place(upper)}%"
    y1="${middle}"
    y2="${middle}"
  />`;
}

/** A band as high as the strip. */
export function markBand(axis: StripAxis, lower: number, upper: number, kind: string): Markup {
  const start = axis.place(lower);
  return html`<rect
    class="${kind}"
    x="${start}%"
    width="${axis.place(upper) - start}%"
    y="3"
    height="${height - 6}"
  />`;
}

export function markLine(axis: StripAxis, value: number, kind: string): Markup {
  return html`<line class="${kind}" x1="${axis.place(value)}%" x2="${axis.place(value)}%" y1="0" y2="${height}" />`;
}

/** A dot; an arrowhead at the edge where the value lies beyond it. */
export function markDot(axis: StripAxis, value: number, kind: string): Markup {
  return axis.isBeyond(value)
    ? markBeyond(axis, value, kind)
    : html`<circle class="${kind}" cx="${axis.place(value)}%" cy="${middle}" r="5" />`;
}

/** A diamond, in shape as in colour unlike the dot; an arrowhead beyond the edge too. */
export function markDiamond(axis: StripAxis, value: number, kind: string): Markup {
  return axis.isBeyond(value)
    ? markBeyond(axis, value, kind)
    : html`<text class="${kind} diamond" text-anchor="middle" x="${axis.place(value)}%" y="${middle + 5}">◆</text>`;
}

function markBeyond(axis: StripAxis, value: number, kind: string): Markup {
  const place = axis.place(value);
  const arrow = place > 50 ? "▶" : "◀";
  return html`<text class="${kind} beyond" text-anchor="middle" x="${place}%" y="${middle + 4}">${arrow}</text>`;
}
