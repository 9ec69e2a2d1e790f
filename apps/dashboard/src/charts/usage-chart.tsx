import { line } from "d3-shape";
import { formatCount, formatDay } from "../format/format.ts";
import type { UsageEntry, UsagePeriod } from "../service/usage.ts";
import { Plot } from "./axes/plot.tsx";
import { ticks, wholeTicks } from "./axes/ticks.ts";
import { boxMark, Legend, lineMark } from "./legend.tsx";

interface UsageChartProps {
  readonly entries: readonly UsageEntry[];
  readonly period: UsagePeriod;
}

/** Requests as bars, with those that failed in front. */
export function RequestsChart({ entries, period }: UsageChartProps) {
  const most = Math.max(1, ...entries.map(({ requests }) => requests));
  const total = entries.reduce((sum, { requests }) => sum + requests, 0);
  const failed = entries.reduce((sum, { errors }) => sum + errors, 0);
  return (
    <figure className="chart">
      <Legend
        entries={[
          { name: "requests", mark: boxMark("bar") },
          { name: "errors", mark: boxMark("bar bad") },
        ]}
      />
      <Plot
        label={`Requests: ${formatCount(total)} in all, of which ${formatCount(failed)} failed`}
        x={timeAxis(entries, period)}
        y={{
          domain: [0, most],
          ticks: wholeTicks(0, most, 4),
          name: "requests",
          format: formatCount,
        }}
      >
        {({ x, y, bottom }) => {
          const width = Math.max(1, 0.8 * (x(1) - x(0)));
          const bar = (k: number, value: number, kind: string) =>
            value > 0 && (
              <rect className={kind} x={x(k) - width / 2} width={width} y={y(value)} height={bottom - y(value)} />
            );
          return entries.map(({ from, requests, errors }, k) => (
            <g key={from}>
              {bar(k, requests, "bar")}
              {bar(k, errors, "bar bad")}
            </g>
          ));
        }}
      </Plot>
    </figure>
  );
}

/** Half of the requests, and 99 of 100, were answered within these times. */
export function LatencyChart({ entries, period }: UsageChartProps) {
  const most = Math.max(1, ...entries.map(({ p99_ms }) => p99_ms ?? 0));
  return (
    <figure className="chart">
      <Legend
        entries={[
          { name: "half of the requests within", mark: lineMark("accent") },
          { name: "99 of 100 within", mark: lineMark("soft-line") },
        ]}
      />
      <Plot
        label={`Latency: at most ${Math.round(most)} ms for 99 of 100 requests of a period`}
        x={timeAxis(entries, period)}
        y={{ domain: [0, most], ticks: ticks(0, most, 4), name: "milliseconds", format: formatCount }}
      >
        {({ x, y }) => {
          const draw = (read: (entry: UsageEntry) => number | null) =>
            line<UsageEntry>()
              .defined((entry) => read(entry) !== null)
              .x((_, k) => x(k))
              .y((entry) => y(read(entry)!))
              .digits(1)([...entries]) ?? "";
          // Between quiet periods there is nothing that a line could go to.
          const isAlone = (k: number) => entries[k - 1]?.p50_ms == null && entries[k + 1]?.p50_ms == null;
          const dot = (kind: string, k: number, value: number | null) =>
            value !== null && isAlone(k) && <circle className={`dot ${kind}`} cx={x(k)} cy={y(value)} r="3.5" />;
          return (
            <>
              <path className="line soft-line" d={draw(({ p99_ms }) => p99_ms)} />
              <path className="line accent" d={draw(({ p50_ms }) => p50_ms)} />
              {entries.map(({ from, p50_ms, p99_ms }, k) => (
                <g key={from}>
                  {dot("soft-dot", k, p99_ms)}
                  {dot("", k, p50_ms)}
                </g>
              ))}
            </>
          );
        }}
      </Plot>
    </figure>
  );
}

function timeAxis(entries: readonly UsageEntry[], period: UsagePeriod) {
  const last = Math.max(0, entries.length - 1);
  const at = [...new Set([0, Math.round(last / 3), Math.round((2 * last) / 3), last])];
  return {
    domain: [-0.5, last + 0.5] as const,
    ticks: entries.length === 0 ? [] : at,
    name: period === "hour" ? "hour, UTC" : "day",
    format: (k: number) => {
      const { from } = entries[k]!;
      return period === "hour" ? new Date(from).toISOString().slice(11, 16) : formatDay(from);
    },
  };
}
