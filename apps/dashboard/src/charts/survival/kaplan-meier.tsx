import { countOf, formatShare } from "../../format/format.ts";
import { Plot } from "../axes/plot.tsx";
import { wholeTicks } from "../axes/ticks.ts";
import { Legend, lineMark } from "../legend.tsx";
import { daysPerYear, type SurvivalSeries } from "./kaplan-meier-series.ts";
import { RiskRows, riskHeight, type RiskRow } from "./risk-rows.tsx";
import { countAtRisk } from "./risk-table.ts";
import { bandPath, stepPath } from "./step-path.ts";

const plotHeight = 240;

interface KaplanMeierProps {
  readonly title: string;
  readonly series: readonly SurvivalSeries[];
  /** Where the axis of time ends, the same for curves that are compared. */
  readonly years: number;
}

/** Kaplan–Meier curves with their bands, marks of censoring and the numbers at risk under the axis. */
export function KaplanMeier({ title, series, years }: KaplanMeierProps) {
  const at = wholeTicks(0, years, 6);
  const days = at.map((year) => year * daysPerYear);
  const atRisk = series
    .filter(({ followUpDays }) => followUpDays.length > 0)
    .map(({ name, kind, followUpDays }) => ({ name, kind, counts: countAtRisk(followUpDays, days) }));
  return (
    <figure className="chart">
      <h3>{title}</h3>
      <Legend
        entries={series.map(({ name, kind, patients, deaths }) => ({
          name: `${name}: ${countOf(patients, "patient")}, ${countOf(deaths, "death")}`,
          mark: lineMark(kind),
        }))}
      />
      <Plot
        label={describe(title, series)}
        x={{ domain: [0, years], ticks: at, name: "years from diagnosis", format: String }}
        y={{ domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], name: "overall survival", format: formatShare }}
        height={plotHeight}
        below={riskHeight(atRisk.length)}
      >
        {({ x, y, left, right, top, bottom }) => {
          const placeX = (day: number) => Math.min(right, x(day / daysPerYear));
          return (
            <>
              {series.map(({ name, kind, timesDays, lower, upper }) => (
                <path key={name} className={`band ${kind}`} d={bandPath(timesDays, lower, upper, placeX, y)} />
              ))}
              {series.map(({ name, kind, timesDays, survival }) => (
                <path
                  key={name}
                  className={`line ${kind}`}
                  d={stepPath({ times: timesDays, values: survival }, placeX, y)}
                />
              ))}
              {series.flatMap(({ name, censored }) => (
                <path key={name} className="censor" d={censorMarks(censored, x, y, right)} />
              ))}
              <path className="grid-line" d={`M${left} ${top}V${bottom}H${right}`} fill="none" />
              <RiskRows at={at} rows={atRisk} top={plotHeight} left={left} x={x} />
            </>
          );
        }}
      </Plot>
      <RiskTable at={at} rows={atRisk} />
    </figure>
  );
}

function censorMarks(
  censored: SurvivalSeries["censored"],
  x: (year: number) => number,
  y: (share: number) => number,
  right: number,
): string {
  return censored
    .map(({ timeDays, survival }) => [x(timeDays / daysPerYear), y(survival)] as const)
    .filter(([px]) => px <= right)
    .map(([px, py]) => `M${px.toFixed(1)} ${(py - 3.5).toFixed(1)}v7`)
    .join("");
}

/** The numbers under the axis for those who do not see the drawing. */
function RiskTable({ at, rows }: { readonly at: readonly number[]; readonly rows: readonly RiskRow[] }) {
  if (rows.length === 0) return null;
  return (
    <table className="unseen">
      <caption>Number at risk</caption>
      <thead>
        <tr>
          <th scope="col">years</th>
          {at.map((year) => (
            <th key={year} scope="col" className="number">
              {year}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, counts }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {counts.map((count, k) => (
              <td key={at[k]} className="number">
                {count}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function describe(title: string, series: readonly SurvivalSeries[]): string {
  const curves = series.map(({ name, patients, deaths, medianDays }) => {
    const median =
      medianDays === undefined ? "median not reached" : `median ${(medianDays / daysPerYear).toFixed(1)} years`;
    return `${name}: ${countOf(patients, "patient")}, ${countOf(deaths, "death")}, ${median}`;
  });
  return `Kaplan–Meier curves, ${title}. ${curves.join("; ")}.`;
}
