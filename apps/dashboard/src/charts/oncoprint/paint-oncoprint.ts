import { copyNumberOf, isMutated, type AlterationTable } from "./alterations.ts";
import type { ClinicalTrack } from "./clinical-tracks.ts";
import { visibleColumns } from "./visible-columns.ts";

/** Heights in CSS pixels. */
export const oncoprintRows = { track: 12, trackGap: 3, afterTracks: 8, gene: 17, geneGap: 2 } as const;

export const oncoprintColours = [
  "mutated",
  "deep-loss",
  "loss",
  "gain",
  "amplified",
  "unaltered",
  "unknown",
  "ink",
  "sheet",
] as const;

type OncoprintColours = Readonly<Record<(typeof oncoprintColours)[number], string>>;

export interface OncoprintPicture {
  readonly table: AlterationTable;
  readonly tracks: readonly ClinicalTrack[];
  readonly order: Uint32Array;
  readonly columnWidth: number;
  readonly colours: OncoprintColours;
}

export function oncoprintHeight(genes: number, tracks: number): number {
  const { track, trackGap, afterTracks, gene, geneGap } = oncoprintRows;
  return tracks * (track + trackGap) + afterTracks + genes * (gene + geneGap);
}

/** Where a gene's row begins. */
export function geneTop(tracks: number, gene: number): number {
  return oncoprintHeight(gene, tracks);
}

/** Draws the columns that are seen: a row's background as one strip, and on it what is altered. */
export function paintOncoprint(
  context: CanvasRenderingContext2D,
  { table, tracks, order, columnWidth, colours }: OncoprintPicture,
  scrollLeft: number,
  width: number,
): void {
  const { first, end } = visibleColumns(scrollLeft, width, columnWidth, order.length);
  const gap = columnWidth >= 4 ? 1 : 0;
  const cellWidth = Math.max(0.5, columnWidth - gap);
  const xOf = (column: number) => column * columnWidth - scrollLeft;
  const { track: trackHeight, trackGap, gene: geneHeight } = oncoprintRows;
  tracks.forEach(({ values }, k) => {
    const top = k * (trackHeight + trackGap);
    for (let column = first; column < end; column++) {
      const value = values[order[column]!]!;
      context.globalAlpha = 1;
      context.fillStyle = Number.isNaN(value) ? colours.unknown : colours.unaltered;
      context.fillRect(xOf(column), top, cellWidth, trackHeight);
      if (!(value > 0)) continue;
      context.globalAlpha = value;
      context.fillStyle = colours.ink;
      context.fillRect(xOf(column), top, cellWidth, trackHeight);
    }
  });
  context.globalAlpha = 1;
  table.genes.forEach((_, gene) => {
    const top = geneTop(tracks.length, gene);
    const row = gene * table.patients;
    for (let column = first; column < end; column++) {
      const cell = table.cells[row + order[column]!]!;
      context.fillStyle = colours[copyNumberOf(cell)];
      context.fillRect(xOf(column), top, cellWidth, geneHeight);
      if (!isMutated(cell)) continue;
      context.fillStyle = colours.mutated;
      context.fillRect(xOf(column), top + geneHeight / 3, cellWidth, geneHeight / 3);
    }
  });
}
