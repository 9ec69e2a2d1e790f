import { osteonError } from "@osteon/errors";
import type { EvaluationCohort } from "./evaluation-cohort.ts";

/** Train, held-out and synthetic patients over the same genes in the same order. */
export interface AlignedCohorts {
  readonly train: EvaluationCohort;
  readonly holdOut: EvaluationCohort;
  readonly synthetic: EvaluationCohort;
}

const roles = ["train", "holdOut", "synthetic"] as const;
const roleNames = { train: "training", holdOut: "held-out", synthetic: "synthetic" } as const;
const tables = { mutations: "mutation", copyNumber: "copy-number", expression: "expression" } as const;

/**
 * Keeps the genes that all three cohorts list, in the training cohort's order.
 *
 * @throws evaluation.unit; evaluation.no-shared-genes where a table that the training cohort has
 *   would be empty
 */
export function alignCohorts(cohorts: AlignedCohorts): AlignedCohorts {
  const unit = cohorts.train.expression.unit;
  for (const role of roles) {
    const { expression } = cohorts[role];
    if (expression.genes.length > 0 && expression.unit !== unit) {
      throw osteonError("evaluation.unit", { role: roleNames[role], actual: expression.unit, expected: unit });
    }
  }
  const shared = {
    mutations: sharedGenes(cohorts, "mutations"),
    copyNumber: sharedGenes(cohorts, "copyNumber"),
    expression: sharedGenes(cohorts, "expression"),
  };
  const align = (cohort: EvaluationCohort): EvaluationCohort => ({
    clinical: cohort.clinical,
    mutations: takeGenes(cohort.mutations, shared.mutations, (size) => new Int8Array(size)),
    copyNumber: takeGenes(cohort.copyNumber, shared.copyNumber, (size) => new Int8Array(size)),
    expression: { ...takeGenes(cohort.expression, shared.expression, (size) => new Float32Array(size)), unit },
  });
  return { train: align(cohorts.train), holdOut: align(cohorts.holdOut), synthetic: align(cohorts.synthetic) };
}

function sharedGenes(cohorts: AlignedCohorts, table: keyof typeof tables): readonly string[] {
  const { genes } = cohorts.train[table];
  const others = [new Set(cohorts.holdOut[table].genes), new Set(cohorts.synthetic[table].genes)];
  const shared = genes.filter((gene) => others.every((listed) => listed.has(gene)));
  if (genes.length > 0 && shared.length === 0) {
    throw osteonError("evaluation.no-shared-genes", { table: tables[table], expected: genes.length });
  }
  return shared;
}

function takeGenes<T extends Int8Array | Float32Array>(
  table: { readonly genes: readonly string[]; readonly values: T },
  genes: readonly string[],
  allocate: (size: number) => T,
): { readonly genes: readonly string[]; readonly values: T } {
  const width = table.genes.length;
  if (width === genes.length && genes.every((gene, j) => gene === table.genes[j])) return table;
  const columnOf = new Map(table.genes.map((gene, j) => [gene, j]));
  const columns = Uint32Array.from(genes, (gene) => columnOf.get(gene)!);
  const rows = width === 0 ? 0 : table.values.length / width;
  const values = allocate(rows * genes.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns.length; j++) values[i * columns.length + j] = table.values[i * width + columns[j]!]!;
  }
  return { genes, values };
}
