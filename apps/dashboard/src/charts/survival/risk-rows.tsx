import type { ScaleLinear } from "d3-scale";
import type { SurvivalSeries } from "./kaplan-meier-series.ts";

const [headingHeight, rowHeight] = [20, 17] as const;

/** Height that the numbers at risk of so many curves take, px. */
export function riskHeight(curves: number): number {
  return curves === 0 ? 0 : headingHeight + rowHeight * curves + 4;
}

/** Numbers at risk of a curve, one a tick. */
export interface RiskRow extends Pick<SurvivalSeries, "name" | "kind"> {
  readonly counts: readonly number[];
}

interface RiskRowsProps {
  /** Years at which patients are counted: the ticks of the axis. */
  readonly at: readonly number[];
  readonly rows: readonly RiskRow[];
  /** Where the rows begin, and where the axis does. */
  readonly top: number;
  readonly left: number;
  readonly x: ScaleLinear<number, number>;
}

/** Numbers at risk, each under its tick of the axis, in the colour of its curve. */
export function RiskRows({ at, rows, top, left, x }: RiskRowsProps) {
  if (rows.length === 0) return null;
  return (
    <g className="risk">
      <text className="heading" x={left - 46} y={top + 14}>
        Number at risk{rows.length === 1 && `, ${rows[0]!.name.toLowerCase()}`}
      </text>
      {rows.map(({ name, kind, counts }, row) =>
        counts.map((count, k) => (
          <text
            key={`${name} ${at[k]}`}
            className={kind}
            x={x(at[k]!)}
            y={top + headingHeight + rowHeight * row + 12}
            textAnchor="middle"
          >
            {count}
          </text>
        )),
      )}
    </g>
  );
}
