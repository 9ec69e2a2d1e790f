import type { SyntheticPatient } from "@osteon/contracts";
import { useEffect, useMemo, useRef, useState, type PointerEvent } from "react";
import { asWords, countOf, formatShare } from "../../format/format.ts";
import { Choices } from "../../shell/choices.tsx";
import { useColourScheme } from "../../shell/theme.ts";
import { Legend, boxMark } from "../legend.tsx";
import { readColours } from "../read-colours.ts";
import { sizeCanvas } from "../size-canvas.ts";
import { useWidth } from "../use-width.ts";
import { copyNumberOf, isMutated, readAlterations, type AlterationTable } from "./alterations.ts";
import { readTracks, type ClinicalTrack } from "./clinical-tracks.ts";
import { memoSort } from "./memo-sort.ts";
import { geneTop, oncoprintColours, oncoprintHeight, oncoprintRows, paintOncoprint } from "./paint-oncoprint.ts";

const columnWidths = { fit: 0, narrow: 4, wide: 10 } as const;
type Zoom = keyof typeof columnWidths;

interface OncoprintProps {
  readonly patients: readonly SyntheticPatient[];
  readonly mostGenes: number;
}

/** Genes by patients, as cancer researchers know it; only the columns in sight are drawn. */
export function Oncoprint({ patients, mostGenes }: OncoprintProps) {
  const table = useMemo(() => readAlterations(patients, mostGenes), [patients, mostGenes]);
  const tracks = useMemo(() => readTracks(patients), [patients]);
  const order = useMemo(() => memoSort(table), [table]);
  const [zoom, setZoom] = useState<Zoom>("fit");
  const [tip, setTip] = useState("");
  const [frame, width] = useWidth<HTMLDivElement>(800);
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useColourScheme();
  const fitted = width / Math.max(1, order.length);
  const columnWidth = zoom === "fit" ? fitted : Math.max(fitted, columnWidths[zoom]);
  const height = oncoprintHeight(table.genes.length, tracks.length);
  const wholeWidth = columnWidth * order.length;

  useEffect(() => {
    const [element, window] = [canvas.current, scroller.current];
    if (element === null || window === null) return;
    const colours = readColours(element, oncoprintColours);
    let waiting = 0;
    const paint = (): void => {
      waiting = 0;
      const context = sizeCanvas(element, width, height);
      paintOncoprint(context, { table, tracks, order, columnWidth, colours }, window.scrollLeft, width);
    };
    const paintSoon = (): void => {
      // Once a frame, however often the scroller tells.
      if (waiting === 0) waiting = requestAnimationFrame(paint);
    };
    paint();
    window.addEventListener("scroll", paintSoon, { passive: true });
    return () => {
      window.removeEventListener("scroll", paintSoon);
      cancelAnimationFrame(waiting);
    };
  }, [table, tracks, order, columnWidth, width, height, scheme]);

  const point = (event: PointerEvent<HTMLDivElement>): void => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const column = Math.floor((event.clientX - bounds.left + event.currentTarget.scrollLeft) / columnWidth);
    const patient = order[column];
    setTip(
      patient === undefined
        ? ""
        : describeCell(patients[patient]!, { table, tracks }, patient, event.clientY - bounds.top),
    );
  };

  return (
    <figure className="chart">
      <div className="row">
        <Choices
          label="Columns"
          isLabelUnseen
          value={zoom}
          onChange={setZoom}
          options={[
            { value: "fit", name: "All in sight" },
            { value: "narrow", name: "Narrow" },
            { value: "wide", name: "Wide" },
          ]}
        />
        <Legend
          entries={[
            { name: "mutated", mark: <rect className="swatch-mutated" x="3" y="4" width="16" height="4" /> },
            { name: "amplified", mark: boxMark("swatch-amplified") },
            { name: "gained", mark: boxMark("swatch-gain") },
            { name: "lost", mark: boxMark("swatch-loss") },
            { name: "deep loss", mark: boxMark("swatch-deep-loss") },
            { name: "unaltered", mark: boxMark("swatch-unaltered") },
            { name: "unknown", mark: boxMark("swatch-unknown") },
          ]}
        />
      </div>
      <div className="canvas-frame">
        <OncoprintLabels table={table} tracks={tracks} />
        <div ref={frame}>
          <div
            ref={scroller}
            className="canvas-scroll oncoprint"
            role="region"
            aria-label={`Oncoprint: ${describeTable(table)}`}
            tabIndex={0}
            style={{ maxHeight: "none" }}
            onPointerMove={point}
            onPointerLeave={() => setTip("")}
          >
            <div className="canvas-space" style={{ width: wholeWidth, height: 1 }} />
            <canvas ref={canvas} role="img" aria-label="The oncoprint; its shares stand beside it" />
          </div>
        </div>
      </div>
      <p className="tip" aria-live="off">
        {tip === ""
          ? "Point at a column to read it. Shares count mutations, amplifications and deep losses. Above, filled: died, metastatic; the fuller, the older."
          : tip}
      </p>
    </figure>
  );
}

interface LabelsProps {
  readonly table: AlterationTable;
  readonly tracks: readonly ClinicalTrack[];
}

function OncoprintLabels({ table, tracks }: LabelsProps) {
  const { track, trackGap, afterTracks, gene, geneGap } = oncoprintRows;
  return (
    <div className="canvas-labels">
      {tracks.map(({ name }, k) => (
        <div key={name} style={{ height: track + trackGap + (k === tracks.length - 1 ? afterTracks : 0) }}>
          <span className="soft">{name}</span>
        </div>
      ))}
      {table.genes.map((name, k) => (
        <div key={name} style={{ height: gene + geneGap }}>
          <span className="gene">{name}</span>
          <span className="share">{formatShare(table.shares[k]!)}</span>
        </div>
      ))}
    </div>
  );
}

function describeTable({ genes, shares, patients }: AlterationTable): string {
  const first = genes.slice(0, 5).map((gene, k) => `${gene} ${formatShare(shares[k]!)}`);
  return `${countOf(patients, "simulated patient")}, ${countOf(genes.length, "gene")}; most often altered: ${first.join(", ")}`;
}

function describeCell(patient: SyntheticPatient, { table, tracks }: LabelsProps, row: number, y: number): string {
  const who = `Patient ${patient.index}: ${tracks.map(({ describe }) => describe(patient)).join(", ")}`;
  const gene = Math.floor((y - geneTop(tracks.length, 0)) / (oncoprintRows.gene + oncoprintRows.geneGap));
  const name = table.genes[gene];
  if (y < geneTop(tracks.length, 0) || name === undefined) return who;
  const cell = table.cells[gene * table.patients + row]!;
  const state = asWords(copyNumberOf(cell)).toLowerCase();
  return `${who}. ${name}: ${isMutated(cell) ? `mutated${state === "unaltered" ? "" : `, ${state}`}` : state}`;
}
