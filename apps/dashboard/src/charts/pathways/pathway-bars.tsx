import type { ModelReference, SyntheticPatient } from "@osteon/contracts";
import { scaleLinear } from "d3-scale";
import { useMemo } from "react";
import { formatNumber } from "../../format/format.ts";
import { readGeneSetNames } from "../../format/gene-set-name.ts";
import { Legend, type LegendEntry } from "../legend.tsx";
import { summariseScores, type ScoreSpread } from "./summarise-scores.ts";

type RealQuantiles = ModelReference["pathways"][number]["real"];

interface PathwayBarsProps {
  readonly patients: readonly SyntheticPatient[];
  /** Null where the real cohort's distribution is not known. */
  readonly reference: ModelReference | null;
}

/** Scores of gene sets, generated patients before the real cohort's distribution. */
export function PathwayBars({ patients, reference }: PathwayBarsProps) {
  const spreads = useMemo(() => summariseScores(patients), [patients]);
  const names = useMemo(() => readGeneSetNames(spreads.map(({ name }) => name)), [spreads]);
  const real = new Map(reference?.pathways.map(({ name, real: quantiles }) => [name, quantiles]));
  const ends = spreads.flatMap(({ name, lower, upper }) => [
    lower,
    upper,
    ...(real.get(name) ?? []).map(({ value }) => value),
  ]);
  const x = scaleLinear([Math.min(...ends), Math.max(...ends)], [2, 98]).nice();
  const entries: LegendEntry[] = [
    {
      name: "generated: median and middle half",
      mark: <Marks spread={{ name: "", lower: 2, median: 11, upper: 20 }} />,
    },
    ...(real.size === 0
      ? []
      : [
          { name: "real cohort: middle half", mark: <rect className="range-narrow" width="22" height="12" /> },
          { name: "middle 80 %", mark: <rect className="range-wide" width="22" height="12" /> },
        ]),
  ];
  return (
    <figure className="chart">
      <Legend entries={entries} />
      <table className="stack tight">
        <thead>
          <tr>
            <th scope="col">Gene set</th>
            <th scope="col" className="number">
              Generated
            </th>
            <th scope="col" className="number">
              Real
            </th>
            <th scope="col">Where scores lie</th>
          </tr>
        </thead>
        <tbody>
          {spreads.map((spread) => (
            <tr key={spread.name}>
              <th scope="row">{names.get(spread.name)}</th>
              <td className="number" data-label="gen.">
                {formatNumber(spread.median, 3)}
              </td>
              <td className="number" data-label="real">
                {formatNumber(at(real.get(spread.name), 0.5) ?? null, 3)}
              </td>
              <td className="strip">
                <Strip spread={spread} quantiles={real.get(spread.name)} x={x} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

interface StripProps {
  readonly spread: ScoreSpread;
  readonly quantiles: RealQuantiles | undefined;
  readonly x: (value: number) => number;
}

function Strip({ spread, quantiles, x }: StripProps) {
  const range = (from: number, to: number, kind: string) => {
    const [lower, upper] = [at(quantiles, from), at(quantiles, to)];
    if (lower === undefined || upper === undefined) return null;
    return <rect className={kind} x={`${x(lower)}%`} width={`${x(upper) - x(lower)}%`} y="3" height="14" />;
  };
  const median = at(quantiles, 0.5);
  return (
    <svg height="20" aria-hidden="true" className="strip-drawing">
      {range(0.1, 0.9, "range-wide")}
      {range(0.25, 0.75, "range-narrow")}
      {median !== undefined && <line className="median" x1={`${x(median)}%`} x2={`${x(median)}%`} y1="2" y2="18" />}
      <line className="spread" x1={`${x(spread.lower)}%`} x2={`${x(spread.upper)}%`} y1="10" y2="10" />
      <circle className="dot synthetic" cx={`${x(spread.median)}%`} cy="10" r="4.5" />
    </svg>
  );
}

function Marks({ spread: { lower, median, upper } }: { readonly spread: ScoreSpread }) {
  return (
    <>
      <line className="spread" x1={lower} x2={upper} y1="6" y2="6" />
      <circle className="dot synthetic" cx={median} cy="6" r="4" />
    </>
  );
}

function at(quantiles: RealQuantiles | undefined, probability: number): number | undefined {
  return quantiles?.find((quantile) => quantile.probability === probability)?.value;
}
