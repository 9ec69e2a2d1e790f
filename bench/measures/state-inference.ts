import type { InferenceMeasurement } from "./inference.ts";
import type { Statement } from "./statement.ts";

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** What the documents claim of intervals from synthetic files. */
export function stateInference({ coverage }: InferenceMeasurement): readonly Statement[] {
  const rows = [...coverage];
  return [
    ...rows.map(([scored, row]): Statement => {
      const seen = row["shared model, n_eff"];
      return {
        claim: `95 % intervals by the stated rule hold the truth: ${scored}`,
        seen: percent(seen),
        allowed: "90 % or more",
        holds: seen >= 0.9,
      };
    }),
    ...rows.map(([scored, row]): Statement => {
      const seen = row["one file as real"];
      return {
        claim: `those of one file taken for real do not: ${scored}`,
        seen: percent(seen),
        allowed: "under 75 %",
        holds: seen < 0.75,
      };
    }),
  ];
}
