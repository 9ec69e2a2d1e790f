import { COPY_NUMBER_UNKNOWN, UNKNOWN, type Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import type { FeatureState } from "./feature-state.ts";

/** The part of a state that says which genes. */
type ChosenGenes = Pick<FeatureState, "mutationGenes" | "copyNumberGenes" | "expressionGenes" | "expressionUnit">;

/**
 * The cohort with exactly the chosen genes, in the state's order; rows, clinical table and ids as they were.
 * A chosen gene that the cohort does not list: not mutated where the patient was sequenced (a mutation
 * table lists genes with calls only) and unknown elsewhere; copy number and expression unknown.
 *
 * @throws features.unit, features.no-shared-genes
 */
export function applyFeatures(state: ChosenGenes, cohort: Cohort): Cohort {
  const { mutations, copyNumber, expression } = cohort;
  if (state.expressionUnit !== null && expression.genes.length > 0 && expression.unit !== state.expressionUnit) {
    throw osteonError("features.unit", { actual: expression.unit, expected: state.expressionUnit });
  }
  requireShared("expression", state.expressionGenes, expression.genes);
  requireShared("copy-number", state.copyNumberGenes, copyNumber.genes);
  const rows = cohort.patientIds.length;
  return {
    ...cohort,
    mutations: {
      genes: state.mutationGenes,
      values: takeColumns(mutations.genes, mutations.values, state.mutationGenes, {
        values: new Int8Array(rows * state.mutationGenes.length),
        fill: (row) => (isSequenced(mutations.values, row, mutations.genes.length) ? 0 : UNKNOWN),
      }),
    },
    copyNumber: {
      genes: state.copyNumberGenes,
      values: takeColumns(copyNumber.genes, copyNumber.values, state.copyNumberGenes, {
        values: new Int8Array(rows * state.copyNumberGenes.length),
        fill: () => COPY_NUMBER_UNKNOWN,
      }),
    },
    expression: {
      genes: state.expressionGenes,
      unit: state.expressionUnit ?? expression.unit,
      values: takeColumns(expression.genes, expression.values, state.expressionGenes, {
        values: new Float32Array(rows * state.expressionGenes.length),
        fill: () => Number.NaN,
      }),
    },
  };
}

interface Target<T extends Int8Array | Float32Array> {
  readonly values: T;
  /** Value of a gene that the source does not list, for one row. */
  readonly fill: (row: number) => number;
}

function takeColumns<T extends Int8Array | Float32Array>(
  sourceGenes: readonly string[],
  source: T,
  genes: readonly string[],
  target: Target<T>,
): T {
  const columnOf = new Map(sourceGenes.map((gene, j) => [gene, j]));
  const columns = genes.map((gene) => columnOf.get(gene) ?? -1);
  const rows = genes.length === 0 ? 0 : target.values.length / genes.length;
  for (let i = 0; i < rows; i++) {
    const absent = target.fill(i);
    columns.forEach((column, j) => {
      target.values[i * genes.length + j] = column < 0 ? absent : source[i * sourceGenes.length + column]!;
    });
  }
  return target.values;
}

function isSequenced(values: Int8Array, row: number, width: number): boolean {
  for (let j = 0; j < width; j++) if (values[row * width + j]! >= 0) return true;
  return false;
}

function requireShared(table: string, expected: readonly string[], actual: readonly string[]): void {
  if (expected.length === 0) return;
  const listed = new Set(actual);
  if (!expected.some((gene) => listed.has(gene))) {
    throw osteonError("features.no-shared-genes", { table, expected: expected.length });
  }
}
