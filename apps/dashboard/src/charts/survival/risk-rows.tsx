import type { ScaleLinear } from "d3-scale";
import { daysPerYear, type SurvivalSeries } from "./kaplan-meier-series.ts";
import { countAtRisk } from "./risk-table.ts";

const [headingHeight, rowHeight] = [20, 17] as const;

/** Height that the numbers at risk of so many curves take, px. */
export function riskHeight(curves: number): number {
  return curves === 0 ? 0 : headingHeight + rowHeight * curves + 4;
}

interface RiskRowsProps {
  /** Years at which patients are counted: the ticks of the axis. */
  readonly at: readonly number[];
  readonly series: readonly SurvivalSeries[];
  /** Where the rows begin, and where the axis does. */
  readonly top: number;
  readonly left: number;
  readonly x: ScaleLinear<number, number>;
}

/** Numbers at risk, each under its tick of the axis, in the colour of its curve. */
export function RiskRows({ at, series, top, left, x }: RiskRowsProps) {
  if (series.length === 0) return null;
  const days = at.map((year) => year * daysPerYear);
  return (
    <g className="risk">
      <text className="heading" x={left - 46} y={top + 14}>
        Number at risk{series.length === 1 && `, ${series[0]!.name.toLowerCase()}`}
      </text>
      {series.map(({ name, kind, followUpDays }, row) =>
        countAtRisk(followUpDays, days).map((count, k) => (
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
