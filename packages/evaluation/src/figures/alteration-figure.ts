import { exactBinomialInterval } from "@osteon/numerics";
import type { EvaluationCohort } from "../input/evaluation-cohort.ts";
import type { AlterationFrequency } from "../report/evaluation-report.ts";
import { smallestCell } from "./smallest-cell.ts";

interface Count {
  readonly altered: number;
  readonly known: number;
}

const kinds = [
  { alteration: "mutated", table: "mutations", isAltered: (code: number) => code === 1, least: 0 },
  { alteration: "gained", table: "copyNumber", isAltered: (code: number) => code >= 1, least: -2 },
  { alteration: "lost", table: "copyNumber", isAltered: (code: number) => code <= -1, least: -2 },
] as const;

/** How often each gene is altered, the most frequent among real patients first within each kind. */
export function compareAlterations(
  real: EvaluationCohort,
  synthetic: EvaluationCohort,
): readonly AlterationFrequency[] {
  return kinds.flatMap(({ alteration, table, isAltered, least }) => {
    const count = (cohort: EvaluationCohort, column: number) => {
      const { genes, values } = cohort[table];
      const total = { altered: 0, known: 0 };
      for (let k = column; k < values.length; k += genes.length) {
        if (values[k]! < least) continue;
        total.known++;
        if (isAltered(values[k]!)) total.altered++;
      }
      return total;
    };
    return real[table].genes
      .map((gene, column) => describe(gene, alteration, count(real, column), count(synthetic, column)))
      .toSorted((a, b) => (b.real ?? 0) - (a.real ?? 0) || b.synthetic - a.synthetic);
  });
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
