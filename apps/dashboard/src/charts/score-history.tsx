import type { ModelSummary } from "@osteon/contracts";
import { formatDay, formatInterval } from "../format/format.ts";
import { Plot } from "./axes/plot.tsx";
import { dotMark, Legend } from "./legend.tsx";

/** Calibrated scores of versions in their order, with intervals; what is on air is filled. */
export function ScoreHistory({ models }: { readonly models: readonly ModelSummary[] }) {
  const shown = models
    .filter(({ calibrated_score: score }) => score !== null)
    .toSorted((a, b) => a.created_at.localeCompare(b.created_at))
    .slice(-24);
  const lowest = Math.min(0, ...shown.map(({ calibrated_score: score }) => score!.lower));
  const highest = Math.max(1, ...shown.map(({ calibrated_score: score }) => score!.upper));
  const last = shown.length - 1;
  const at = last <= 5 ? shown.map((_, k) => k) : [0, Math.round(last / 2), last];
  return (
    <figure className="chart">
      <Legend
        entries={[
          { name: "on air", mark: dotMark("") },
          { name: "other versions", mark: dotMark("hollow") },
        ]}
      />
      <Plot
        label={`Calibrated scores: ${shown.map(({ version, calibrated_score: score }) => `${version} ${formatInterval(score)}`).join("; ")}`}
        height={230}
        x={{
          domain: [-0.5, last + 0.5],
          ticks: at,
          name: "version, by the day it was made",
          format: (k) => formatDay(shown[k]!.created_at),
        }}
        y={{ domain: [lowest, highest], ticks: [0, 0.25, 0.5, 0.75, 1], name: "calibrated score", format: String }}
      >
        {({ x, y, left, right }) => (
          <>
            <path className="reference-line" d={`M${left} ${y(1)}H${right}`} />
            {shown.map(({ version, on_air, calibrated_score: score }, k) => (
              <g key={version}>
                <path className="interval" d={`M${x(k)} ${y(score!.lower)}V${y(score!.upper)}`} />
                <circle className={`dot ${on_air ? "" : "hollow"}`} cx={x(k)} cy={y(score!.value)} r="5.5" />
              </g>
            ))}
          </>
        )}
      </Plot>
      <figcaption>
        1 is what fresh real patients get, 0 what patients without any structure get; lines are about 95 % intervals.
      </figcaption>
    </figure>
  );
}
