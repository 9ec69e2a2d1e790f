import { exactBinomialInterval } from "@osteon/numerics";
import type { EvaluationCohort } from "../input/evaluation-cohort.ts";
import type { AlterationFrequency } from "../report/evaluation-report.ts";
import { alterationKinds, readGeneAlteration } from "./alteration-kinds.ts";
import { smallestCell } from "./smallest-cell.ts";

interface Count {
  readonly altered: number;
  readonly known: number;
}

/** How often each gene is altered, the most frequent among real patients first within each kind. */
export function compareAlterations(
  real: EvaluationCohort,
  synthetic: EvaluationCohort,
): readonly AlterationFrequency[] {
  return alterationKinds.flatMap(({ alteration, table }) =>
    real[table].genes
      .map((gene) => {
        const count = (cohort: EvaluationCohort) => countKnown(readGeneAlteration(cohort, { gene, alteration }));
        return describe(gene, alteration, count(real), count(synthetic));
      })
      .toSorted((a, b) => (b.real ?? 0) - (a.real ?? 0) || b.synthetic - a.synthetic),
  );
}

function countKnown(states: readonly (boolean | null)[]): Count {
  const known = states.filter((state) => state !== null);
  return { altered: known.filter(Boolean).length, known: known.length };
}

function describe(
  gene: string,
  alteration: AlterationFrequency["alteration"],
  real: Count,
  synthetic: Count,
): AlterationFrequency {
  const drawn = synthetic.known === 0 ? 0 : synthetic.altered / synthetic.known;
  if (real.altered < smallestCell) {
    return { gene, alteration, real: null, realLower: null, realUpper: null, synthetic: drawn };
  }
  const { lower: realLower, upper: realUpper } = exactBinomialInterval(real.altered, real.known, 0.95);
  return { gene, alteration, real: real.altered / real.known, realLower, realUpper, synthetic: drawn };
}
