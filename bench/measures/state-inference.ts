import type { InferenceMeasurement } from "./inference.ts";
import type { Statement } from "./statement.ts";

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Shares below which the stated rule fails, and above which taking a file for real would do no harm. */
const leastCoverage = 0.9;
const harmless = 0.9;

/** What the documents claim of intervals from synthetic files. */
export function stateInference({ scores }: InferenceMeasurement): readonly Statement[] {
  return [...scores].flatMap(([scored, row]): readonly Statement[] => {
    const stated = row["shared model, n_eff"].coverage;
    const naive = row["one file as real"].coverage;
    return [
      {
        claim: `${scored}: 95 % intervals by the stated rule hold the truth`,
        seen: percent(stated),
        allowed: `${percent(leastCoverage)} or more`,
        holds: stated >= leastCoverage,
      },
      {
        claim: `${scored}: those of one file taken for real do not`,
        seen: percent(naive),
        allowed: `under ${percent(harmless)}`,
        holds: naive < harmless,
      },
    ];
  });
}
