import type { ProfileSupport } from "@osteon/contracts";
import { formatCount } from "../../format/format.ts";

type Intervals = ProfileSupport["age"];

interface SupportStripProps {
  readonly label: string;
  readonly unit: string;
  readonly intervals: Intervals | undefined;
  /** Where the drawing ends. */
  readonly end: number;
  readonly asked: number | undefined;
}

/** Which values have enough training patients behind them, with the other conditions as they are. */
export function SupportStrip({ label, unit, intervals, end, asked }: SupportStripProps) {
  const shown = (intervals ?? []).filter(({ from }) => from < end);
  const x = (value: number) => `${(100 * Math.min(end, value)) / end}%`;
  return (
    <div className="support">
      <svg role="img" aria-label={`${label}: ${describe(shown, unit)}`}>
        {shown.map(({ from, to, allowed }) => (
          <rect
            key={from}
            className={allowed ? "allowed" : "refused"}
            x={x(from)}
            width={`${(100 * (Math.min(end, to) - from)) / end}%`}
            y="7"
            height="10"
          />
        ))}
        {asked !== undefined && <line className="asked" x1={x(asked)} x2={x(asked)} y1="0" y2="24" />}
      </svg>
      <div className="ends">
        <span>0</span>
        <span>{describe(shown, unit)}</span>
        <span>
          {formatCount(end)} {unit}
        </span>
      </div>
    </div>
  );
}

/** The allowed stretches in words. */
function describe(intervals: Intervals, unit: string): string {
  if (intervals.length === 0) return "";
  const stretches: { from: number; to: number }[] = [];
  for (const { from, to, allowed } of intervals) {
    if (!allowed) continue;
    const last = stretches.at(-1);
    if (last?.to === from) last.to = to;
    else stretches.push({ from, to });
  }
  if (stretches.length === 0) return "no value is supported";
  const texts = stretches.map(({ from, to }) => `${formatCount(Math.round(from))} to ${formatCount(Math.round(to))}`);
  return `${texts.join(", ")} ${unit} supported`;
}
