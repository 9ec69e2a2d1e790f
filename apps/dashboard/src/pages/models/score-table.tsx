import type { ModelScore } from "@osteon/contracts";
import { asWords, formatNumber } from "../../format/format.ts";
import { ScoreStrip } from "./score-strip.tsx";

/** Every measure beside its references, by group. */
export function ScoreTable({ scores }: { readonly scores: readonly ModelScore[] }) {
  const groups = [...new Set(scores.map(({ group }) => group))];
  return (
    <table className="stack">
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col">Calibrated</th>
          <th scope="col" className="number">
            Synthetic
          </th>
          <th scope="col" className="number">
            Fresh real
          </th>
          <th scope="col" className="number">
            Photocopy
          </th>
          <th scope="col" className="number">
            Floor
          </th>
          <th scope="col">Reading</th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group}>
          <tr>
            <th scope="rowgroup" colSpan={7} className="soft small">
              {asWords(group)}
            </th>
          </tr>
          {scores
            .filter((score) => score.group === group)
            .map(({ name, title, calibrated, synthetic, fresh_real: real, photocopy, floor, reading }) => (
              <tr key={name}>
                <th scope="row">{title}</th>
                <td data-label="Calibrated">
                  <ScoreStrip calibrated={calibrated} />
                </td>
                <td className="number" data-label="Synthetic">
                  {formatNumber(synthetic, 3)}
                </td>
                <td className="number" data-label="Fresh real">
                  {formatNumber(real, 3)}
                </td>
                <td className="number" data-label="Photocopy">
                  {formatNumber(photocopy, 3)}
                </td>
                <td className="number" data-label="Floor">
                  {formatNumber(floor, 3)}
                </td>
                <td className="small soft">{reading}</td>
              </tr>
            ))}
        </tbody>
      ))}
    </table>
  );
}
