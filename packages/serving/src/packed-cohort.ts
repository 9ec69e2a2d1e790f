import type { ClinicalTable, ExpressionUnit } from "@osteon/cohort";
import type { CacheCounts, SyntheticCohort } from "@osteon/generator";

/** What is the same in every cohort of a model, so that it need not pass between threads with each. */
export interface CohortNames {
  readonly mutationGenes: readonly string[];
  readonly copyNumberGenes: readonly string[];
  readonly expressionGenes: readonly string[];
  readonly expressionUnit: ExpressionUnit;
  readonly pathways: readonly string[];
}

/** The rest. */
export interface PackedCohort {
  readonly patientIds: readonly string[];
  readonly clinical: ClinicalTable;
  readonly mutations: Int8Array;
  readonly copyNumber: Int8Array;
  readonly expression: Float32Array;
  readonly pathways: Float32Array;
  readonly simulated: boolean;
  /** Which thread drew it, and that thread's counts from its beginning on. */
  readonly thread: number;
  readonly profileCache: CacheCounts;
}

export function namesOf({ cohort, pathways }: SyntheticCohort): CohortNames {
  return {
    mutationGenes: cohort.mutations.genes,
    copyNumberGenes: cohort.copyNumber.genes,
    expressionGenes: cohort.expression.genes,
    expressionUnit: cohort.expression.unit,
    pathways: pathways.names,
  };
}

export function packCohort(
  { cohort, pathways }: SyntheticCohort,
  drawnBy: Pick<PackedCohort, "thread" | "profileCache">,
): PackedCohort {
  return {
    patientIds: cohort.patientIds,
    clinical: cohort.clinical,
    mutations: cohort.mutations.values,
    copyNumber: cohort.copyNumber.values,
    expression: cohort.expression.values,
    pathways: pathways.values,
    simulated: cohort.simulated,
    ...drawnBy,
  };
}

export function unpackCohort(packed: PackedCohort, names: CohortNames): SyntheticCohort {
  return {
    cohort: {
      patientIds: packed.patientIds,
      clinical: packed.clinical,
      mutations: { genes: names.mutationGenes, values: packed.mutations },
      copyNumber: { genes: names.copyNumberGenes, values: packed.copyNumber },
      expression: { genes: names.expressionGenes, unit: names.expressionUnit, values: packed.expression },
      simulated: packed.simulated,
    },
    pathways: { names: names.pathways, values: packed.pathways },
  };
}
