import type { MatrixValues } from "./matrix-source.ts";

/** Genes turned at once: a block's lines of both arrays stay in the processor's cache. */
const blockGenes = 64;

/**
 * Turns rows by gene into the cohort's layout, a row a patient: `values[patients[k] * genes + j]` becomes
 * `rows[j][k]`. What no column has keeps the value it has.
 */
export function scatterRows<T extends MatrixValues>(rows: readonly T[], patients: readonly number[], values: T): void {
  const genes = rows.length;
  for (let from = 0; from < genes; from += blockGenes) {
    const to = Math.min(from + blockGenes, genes);
    for (let k = 0; k < patients.length; k++) {
      const offset = patients[k]! * genes;
      for (let j = from; j < to; j++) values[offset + j] = rows[j]![k]!;
    }
  }
}
