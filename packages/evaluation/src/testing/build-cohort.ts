import { UNKNOWN, type Cohort } from "@osteon/cohort";
import { Comparison } from "../input/comparison.ts";
import { takePatients } from "../input/evaluation-cohort.ts";
import { EvaluationInput } from "../input/evaluation-input.ts";
import { createEvaluationPanel } from "../input/evaluation-panel.ts";
import type { GeneSet } from "@osteon/features";

/** Columns by gene. */
export type Columns = Readonly<Record<string, readonly number[]>>;

/** A cohort for tests from columns; what is not given is unknown or a table of no genes. */
export function buildCohort(parts: {
  readonly count: number;
  readonly mutations?: Columns;
  readonly copyNumber?: Columns;
  readonly expression?: Columns;
  readonly survival?: { readonly days: readonly number[]; readonly event: readonly number[] };
  readonly metastasis?: readonly number[];
  readonly ageYears?: readonly number[];
}): Cohort {
  const { count, survival } = parts;
  const unknown = () => new Int8Array(count).fill(UNKNOWN);
  const nowhere = () => new Float64Array(count).fill(Number.NaN);
  return {
    patientIds: Array.from({ length: count }, (_, i) => `T${i}`),
    clinical: {
      survivalTimeDays: survival === undefined ? nowhere() : Float64Array.from(survival.days),
      event: survival === undefined ? unknown() : Int8Array.from(survival.event),
      ageYears: parts.ageYears === undefined ? nowhere() : Float64Array.from(parts.ageYears),
      metastasis: parts.metastasis === undefined ? unknown() : Int8Array.from(parts.metastasis),
      male: unknown(),
      necrosisPercent: nowhere(),
    },
    mutations: buildTable(count, parts.mutations ?? {}, (size) => new Int8Array(size)),
    copyNumber: buildTable(count, parts.copyNumber ?? {}, (size) => new Int8Array(size)),
    expression: { unit: "log2(TPM+1)", ...buildTable(count, parts.expression ?? {}, (size) => new Float32Array(size)) },
    simulated: true,
  };
}

/** Compares two cohorts of the same genes on the scale of the reference. */
export function compare(reference: Cohort, candidate: Cohort, geneSets: readonly GeneSet[] = []): Comparison {
  const panel = createEvaluationPanel(reference, takePatients(reference, []), geneSets, 1);
  return new Comparison(new EvaluationInput(reference, panel), new EvaluationInput(candidate, panel));
}

function buildTable<T extends Int8Array | Float32Array>(
  count: number,
  columns: Columns,
  allocate: (size: number) => T,
) {
  const genes = Object.keys(columns);
  const values = allocate(count * genes.length);
  genes.forEach((gene, j) => {
    for (let i = 0; i < count; i++) values[i * genes.length + j] = columns[gene]![i]!;
  });
  return { genes, values };
}
