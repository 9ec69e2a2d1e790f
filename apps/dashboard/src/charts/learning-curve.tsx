import type { LearningCurve } from "@osteon/contracts";
import { line } from "d3-shape";
import { formatNumber } from "../format/format.ts";
import { niceRange } from "./axes/choose-ticks.ts";
import { Plot } from "./axes/plot.tsx";
import { wholeTicks } from "./axes/ticks.ts";
import { Legend, lineMark } from "./legend.tsx";

const axisNames = { epochs: "epochs of the network", factors: "factors of expression" } as const;

/** The loss on patients held out, over what it was chosen by. */
export function LearningCurveChart({ curve }: { readonly curve: LearningCurve }) {
  const { axis, unit, at, training, validation, chosen } = curve;
  const y = niceRange([...validation, ...(training ?? [])], 5);
  const first = at[0] ?? 0;
  const last = Math.max(first + 1, at.at(-1) ?? 1);
  const best = at.indexOf(chosen);
  return (
    <figure className="chart">
      <Legend
        entries={[
          { name: "patients held out", mark: lineMark("accent") },
          ...(training === null ? [] : [{ name: "training patients", mark: lineMark("soft-line") }]),
        ]}
      />
      <Plot
        label={`Loss over ${axisNames[axis]}: from ${formatNumber(validation[0] ?? null, 3)} to ${formatNumber(validation[best] ?? validation.at(-1) ?? null, 3)} at ${chosen}, which was kept`}
        marginLeft={66}
        x={{ domain: [first, last], ticks: wholeTicks(first, last, 6), name: axisNames[axis], format: String }}
        y={{ ...y, name: `loss, ${unit}`, format: (value) => formatNumber(value, value >= 100 ? 0 : 3) }}
      >
        {({ x, y: placeY, top, bottom }) => {
          const draw = line<number>()
            .x((_, k) => x(at[k]!))
            .y((value) => placeY(value))
            .digits(1);
          return (
            <>
              {best >= 0 && <path className="reference-line" d={`M${x(chosen)} ${top}V${bottom}`} />}
              {training !== null && <path className="line soft-line" d={draw(training) ?? ""} />}
              <path className="line accent" d={draw(validation) ?? ""} />
              {best >= 0 && <circle className="dot" cx={x(chosen)} cy={placeY(validation[best]!)} r="5" />}
            </>
          );
        }}
      </Plot>
      <figcaption>
        {chosen < 0
          ? "No epoch was better on patients held out than the beginning, so that was kept."
          : `${chosen} ${axis} were kept: ${axis === "factors" ? "the fewest that are as good as the best within one standard error" : "the best on patients held out"}.`}
      </figcaption>
    </figure>
  );
}
