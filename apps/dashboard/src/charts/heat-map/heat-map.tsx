import type { SyntheticPatient } from "@osteon/contracts";
import { scaleLinear } from "d3-scale";
import { useEffect, useMemo, useRef } from "react";
import { countOf } from "../../format/format.ts";
import { useColourScheme } from "../../shell/theme.ts";
import { readColours } from "../read-colours.ts";
import { sizeCanvas } from "../size-canvas.ts";
import { useWidth } from "../use-width.ts";
import { orderColumns, orderRows, standardiseRows } from "./heat-map-order.ts";
import { readExpression } from "./read-expression.ts";

const rowHeight = 15;
/** Of a gene's standard deviations, either side: the ends of the colours. */
const deviations = 2.5;

interface HeatMapProps {
  readonly patients: readonly SyntheticPatient[];
  readonly mostGenes: number;
}

/** Expression of the genes that vary most, each in its own standard deviations; like genes and patients together. */
export function HeatMap({ patients, mostGenes }: HeatMapProps) {
  const { genes, scaled, rows, columns } = useMemo(() => arrange(patients, mostGenes), [patients, mostGenes]);
  const [frame, width] = useWidth<HTMLDivElement>(800);
  const canvas = useRef<HTMLCanvasElement>(null);
  const scale = useRef<HTMLCanvasElement>(null);
  const scheme = useColourScheme();
  const height = rowHeight * rows.length;

  useEffect(() => {
    if (canvas.current === null || scale.current === null) return;
    const colours = readColours(canvas.current, ["real", "sheet", "bad"]);
    const colourOf = scaleLinear([-deviations, 0, deviations], [colours.real, colours.sheet, colours.bad]).clamp(true);
    const context = sizeCanvas(canvas.current, width, height);
    const cellWidth = width / Math.max(1, columns.length);
    rows.forEach((row, y) => {
      columns.forEach((column, x) => {
        context.fillStyle = colourOf(scaled[row * columns.length + column]!);
        // A little wider, so that no seam shows between cells.
        context.fillRect(x * cellWidth, y * rowHeight, cellWidth + 0.5, rowHeight - 1);
      });
    });
    const bar = sizeCanvas(scale.current, 144, 11);
    for (let x = 0; x < 144; x++) {
      bar.fillStyle = colourOf(((2 * x) / 143 - 1) * deviations);
      bar.fillRect(x, 0, 1.5, 11);
    }
  }, [scaled, rows, columns, width, height, scheme]);

  return (
    <figure className="chart">
      <div className="scale-bar">
        <span>−{deviations} SD</span>
        <canvas ref={scale} aria-hidden="true" />
        <span>+{deviations} SD of the gene</span>
      </div>
      <div className="canvas-frame">
        <div className="canvas-labels">
          {rows.map((row) => (
            <div key={genes[row]} style={{ height: rowHeight }}>
              <span className="gene">{genes[row]}</span>
            </div>
          ))}
        </div>
        <div ref={frame}>
          <canvas
            ref={canvas}
            role="img"
            aria-label={`Heat map of expression: ${countOf(rows.length, "gene")} by ${countOf(columns.length, "simulated patient")}, genes that vary most`}
          />
        </div>
      </div>
    </figure>
  );
}

function arrange(patients: readonly SyntheticPatient[], mostGenes: number) {
  const { genes, values } = readExpression(patients, mostGenes);
  const scaled = standardiseRows(values, patients.length);
  return { genes, scaled, rows: orderRows(scaled, patients.length), columns: orderColumns(scaled, patients.length) };
}
