import { scaleLinear, type ScaleLinear } from "d3-scale";
import type { ReactNode } from "react";
import { useWidth } from "../use-width.ts";

interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly name: string;
  readonly format: (value: number) => string;
}

interface PlotFrame {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface PlotProps {
  /** What the drawing says, for those who do not see it. */
  readonly label: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly height?: number;
  /** Room under the axis, for what stands below its ticks. */
  readonly below?: number;
  readonly marginLeft?: number;
  readonly children: (frame: PlotFrame) => ReactNode;
}

/** Two axes, as wide as there is room, and what is drawn between them. */
export function Plot({ label, x, y, height = 240, below = 0, marginLeft = 58, children }: PlotProps) {
  const [ref, width] = useWidth<HTMLDivElement>(560);
  const frame: PlotFrame = {
    left: marginLeft,
    right: width - 12,
    top: 10,
    bottom: height - 38,
    x: scaleLinear([...x.domain], [marginLeft, width - 12]),
    y: scaleLinear([...y.domain], [height - 38, 10]),
  };
  return (
    <div ref={ref}>
      <svg viewBox={`0 0 ${width} ${height + below}`} role="img" aria-label={label}>
        {y.ticks.map((tick) => (
          <g key={tick}>
            <path className="grid-line" d={`M${frame.left} ${frame.y(tick)}H${frame.right}`} />
            <text x={frame.left - 7} y={frame.y(tick) + 4} textAnchor="end">
              {y.format(tick)}
            </text>
          </g>
        ))}
        {x.ticks.map((tick) => (
          <g key={tick}>
            <path className="grid-line" d={`M${frame.x(tick)} ${frame.bottom}v5`} />
            <text x={frame.x(tick)} y={frame.bottom + 18} textAnchor="middle">
              {x.format(tick)}
            </text>
          </g>
        ))}
        <text x={(frame.left + frame.right) / 2} y={height - 3} textAnchor="middle">
          {x.name}
        </text>
        <text transform={`translate(11 ${(frame.top + frame.bottom) / 2}) rotate(-90)`} textAnchor="middle">
          {y.name}
        </text>
        {children(frame)}
      </svg>
    </div>
  );
}
