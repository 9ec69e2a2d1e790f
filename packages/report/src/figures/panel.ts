import { html, type Content, type Markup } from "../markup/html.ts";

/** A plot of the width of a telephone, so that its letters are read there; wider screens put several in a row. */
export interface Panel {
  placeX(value: number): number;
  placeY(value: number): number;
  /** The drawing with its axes, under a title for those who do not see it. */
  render(label: string, marks: Content): Markup;
}

export interface Axis {
  readonly minimum: number;
  readonly maximum: number;
  readonly ticks: readonly number[];
  readonly name: string;
  readonly formatTick: (tick: number) => string;
}

const size = { width: 340, height: 250 };
const margin = { left: 58, right: 10, top: 10, bottom: 38 };

export function createPanel(x: Axis, y: Axis): Panel {
  const right = size.width - margin.right;
  const bottom = size.height - margin.bottom;
  const placeX = (value: number) =>
    margin.left + ((value - x.minimum) / (x.maximum - x.minimum)) * (right - margin.left);
  const placeY = (value: number) => bottom - ((value - y.minimum) / (y.maximum - y.minimum)) * (bottom - margin.top);
  const axes = html`${y.ticks.map(
      (tick) =>
        html`<line class="grid" x1="${margin.left}" x2="${right}" y1="${placeY(tick)}" y2="${placeY(tick)}" /><text
            class="tick"
            text-anchor="end"
            x="${margin.left - 6}"
            y="${placeY(tick) + 4}"
            >${y.formatTick(tick)}</text
          >`,
    )}${x.ticks.map(
      (tick) =>
        html`<line class="grid" x1="${placeX(tick)}" x2="${placeX(tick)}" y1="${margin.top}" y2="${bottom}" /><text
            class="tick"
            text-anchor="middle"
            x="${placeX(tick)}"
            y="${bottom + 15}"
            >${x.formatTick(tick)}</text
          >`,
    )}<text class="axis" text-anchor="middle" x="${(margin.left + right) / 2}" y="${size.height - 6}">${x.name}</text
    ><text class="axis" text-anchor="middle" transform="translate(11 ${(margin.top + bottom) / 2}) rotate(-90)"
      >${y.name}</text
    >`;
  return {
    placeX,
    placeY,
    render: (label, marks) =>
      html`<svg class="panel" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${label}">
        ${axes}${marks}
      </svg>`,
  };
}
