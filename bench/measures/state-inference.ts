import type { InferenceMeasurement } from "./inference.ts";
import type { Statement } from "./statement.ts";

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** An honest interval holds the truth at least so often: 95 %, less the noise of a simulation of moderate length. */
const honest = 0.9;

/** What the documents claim of intervals from synthetic files. */
export function stateInference({ scores }: InferenceMeasurement): readonly Statement[] {
  return [...scores].flatMap(([scored, row]): readonly Statement[] => {
    const stated = row["shared model, n_eff"].coverage;
    const naive = row["one file as real"].coverage;
    return [
      {
        claim: `${scored}: 95 % intervals by the stated rule hold the truth`,
        seen: percent(stated),
        allowed: `${percent(honest)} or more`,
        holds: stated >= honest,
      },
      {
        claim: `${scored}: those of one file taken for real do not`,
        seen: percent(naive),
        allowed: `under ${percent(honest)}`,
        holds: naive < honest,
      },
    ];
  });
}
