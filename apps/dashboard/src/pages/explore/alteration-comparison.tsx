import type { ModelReference, SyntheticPatient } from "@osteon/contracts";
import { useMemo } from "react";
import { boxMark, dotMark, Legend } from "../../charts/legend.tsx";
import { formatShare } from "../../format/format.ts";

/** Rows of each kind: gains are so frequent in osteosarcoma that by frequency alone no mutation would be shown. */
const mostRows = { mutated: 6, gained: 8, lost: 6 } as const;

interface AlterationComparisonProps {
  readonly patients: readonly SyntheticPatient[];
  readonly reference: ModelReference;
}

/** How often genes are altered: generated patients before the real cohort's 95 % interval. */
export function AlterationComparison({ patients, reference }: AlterationComparisonProps) {
  const rows = useMemo(
    () =>
      reference.alterations
        .map((row) => ({ ...row, generated: shareAltered(patients, row) }))
        .filter(({ generated }) => generated !== null)
        .toSorted((a, b) => b.real - a.real)
        .filter((row, place, all) => {
          const before = all.slice(0, place).filter(({ alteration }) => alteration === row.alteration);
          return before.length < mostRows[row.alteration];
        }),
    [patients, reference],
  );
  const x = (share: number) => `${2 + 96 * share}%`;
  return (
    <figure className="chart">
      <Legend
        entries={[
          { name: "generated", mark: dotMark("synthetic") },
          { name: "real cohort, 95 %", mark: boxMark("range-narrow") },
        ]}
      />
      <table className="stack tight">
        <thead>
          <tr>
            <th scope="col">Gene</th>
            <th scope="col" className="number">
              Generated
            </th>
            <th scope="col" className="number">
              Real
            </th>
            <th scope="col">0 to 100 % of patients</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ gene, alteration, real, lower, upper, generated }) => (
            <tr key={`${gene} ${alteration}`}>
              <th scope="row" className="unbroken">
                {gene} <span className="small soft">{alteration}</span>
              </th>
              <td className="number" data-label="gen.">
                {formatShare(generated!)}
              </td>
              <td className="number" data-label="real">
                {formatShare(real)}
              </td>
              <td className="strip">
                <span className="unseen">
                  real between {formatShare(lower)} and {formatShare(upper)}
                </span>
                <svg height="20" className="strip-drawing" width="100%" aria-hidden="true">
                  <rect className="range-narrow" x={x(lower)} width={`${96 * (upper - lower)}%`} y="4" height="12" />
                  <line className="median" x1={x(real)} x2={x(real)} y1="2" y2="18" />
                  <circle className="dot synthetic" cx={x(generated!)} cy="10" r="4.5" />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** Null where nobody's state is known. */
function shareAltered(
  patients: readonly SyntheticPatient[],
  { gene, alteration }: Pick<ModelReference["alterations"][number], "gene" | "alteration">,
): number | null {
  let [known, altered] = [0, 0];
  for (const { mutations, copy_number } of patients) {
    const value = alteration === "mutated" ? mutations[gene] : copy_number[gene];
    if (value === null || value === undefined) continue;
    known++;
    if (alteration === "lost" ? value < 0 : value > 0) altered++;
  }
  return known === 0 ? null : altered / known;
}
