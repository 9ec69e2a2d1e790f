import type { EvaluationCohort } from "../input/evaluation-cohort.ts";

/** Kinds of change of a gene; copy-number codes as in the Cohort: −2 deep loss … 2 amplification. */
type AlterationKind = "mutation" | "deep loss" | "amplification";

/** A gene changed in any of the named ways. */
export interface Alteration {
  readonly gene: string;
  readonly kinds: readonly AlterationKind[];
}

/** By patient: 1 altered, 0 not, −1 unknown; null where the cohort lists the gene in no table that is needed. */
export function readAlteration(cohort: EvaluationCohort, { gene, kinds }: Alteration): Int8Array | null {
  const sources = kinds.flatMap((kind) => {
    const table = kind === "mutation" ? cohort.mutations : cohort.copyNumber;
    const column = table.genes.indexOf(gene);
    return column < 0 ? [] : [{ kind, table, column }];
  });
  if (sources.length === 0) return null;
  return Int8Array.from(cohort.clinical.event, (_, row) => {
    let state: -1 | 0 | 1 = -1;
    for (const { kind, table, column } of sources) {
      const value = table.values[row * table.genes.length + column]!;
      const altered = kind === "mutation" ? value === 1 : value === (kind === "deep loss" ? -2 : 2);
      if (altered) return 1;
      const known = kind === "mutation" ? value === 0 : value >= -2;
      if (known) state = 0;
    }
    return state;
  });
}
