import { scaleLinear } from "d3-scale";
import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { boxMark, dotMark, Legend } from "../../charts/legend.tsx";
import { formatNumber } from "../../format/format.ts";
import type { VariableDrift } from "../../service/drift.ts";
import { Chip } from "../../shell/chip.tsx";

const shownAtFirst = 12;

/** Each variable's difference in its own unit, before the band in which chance alone puts it. */
export function DriftVariables({ variables }: { readonly variables: readonly VariableDrift[] }) {
  const [isWhole, setWhole] = useState(false);
  const sorted = variables.toSorted((a, b) => a.qValue - b.qValue);
  const shown = isWhole ? sorted : sorted.slice(0, shownAtFirst);
  return (
    <>
      <Legend
        entries={[
          { name: "difference", mark: dotMark("") },
          { name: "drifted", mark: dotMark("bad") },
          { name: "where chance alone puts 95 of 100", mark: boxMark("band null") },
        ]}
      />
      <table className="stack">
        <thead>
          <tr>
            <th scope="col">Variable</th>
            <th scope="col">State</th>
            <th scope="col">Difference, and what chance gives</th>
            <th scope="col" className="number">
              Difference
            </th>
            <th scope="col" className="number">
              q
            </th>
            <th scope="col" className="number">
              Would be seen from
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((variable) => (
            <tr key={`${variable.group}/${variable.name}`}>
              <th scope="row">
                {variable.name}{" "}
                {!variable.name.includes(variable.group) && <span className="small soft">{variable.group}</span>}
              </th>
              <td data-label="State">
                <Chip tone={variable.state === "drift" ? "bad" : variable.state === "no drift" ? "good" : "open"}>
                  {variable.state}
                </Chip>
              </td>
              <td className="strip">
                <DifferenceStrip variable={variable} />
              </td>
              <td className="number" data-label="Difference">
                {formatNumber(variable.difference)} {variable.unit}
              </td>
              <td className="number" data-label="q">
                {formatNumber(variable.qValue, 3)}
              </td>
              <td className="number" data-label="Would be seen from">
                {formatNumber(variable.detectable)} {variable.unit}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > shownAtFirst && (
        <Button className="button quiet" onPress={() => setWhole(!isWhole)}>
          {isWhole ? "Show fewer" : `Show all ${sorted.length}`}
        </Button>
      )}
    </>
  );
}

function DifferenceStrip({ variable: { difference, nullDifference, state } }: { readonly variable: VariableDrift }) {
  if (difference === null || nullDifference === null) return <span className="small soft">no direction</span>;
  const reach = 1.15 * Math.max(...[difference, nullDifference.lower, nullDifference.upper].map(Math.abs), 1e-9);
  const x = scaleLinear([-reach, reach], [0, 100]);
  return (
    <svg height="18" width="100%" aria-hidden="true">
      <rect
        className="band null"
        x={`${x(nullDifference.lower)}%`}
        width={`${x(nullDifference.upper) - x(nullDifference.lower)}%`}
        y="2"
        height="14"
      />
      <line className="reference-line" x1="50%" x2="50%" y1="0" y2="18" />
      <circle className={`dot ${state === "drift" ? "bad" : ""}`} cx={`${x(difference)}%`} cy="9" r="4.5" />
    </svg>
  );
}
