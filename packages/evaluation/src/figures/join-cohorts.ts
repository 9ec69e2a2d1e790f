import type { ClinicalTable } from "@osteon/cohort";
import type { EvaluationCohort } from "../input/evaluation-cohort.ts";

/** The patients of both, who have the same genes in the same order: first those of the first. */
export function joinCohorts(first: EvaluationCohort, second: EvaluationCohort): EvaluationCohort {
  const clinical: { [K in keyof ClinicalTable]: ClinicalTable[K] } = {
    survivalTimeDays: Float64Array.of(...first.clinical.survivalTimeDays, ...second.clinical.survivalTimeDays),
    event: Int8Array.of(...first.clinical.event, ...second.clinical.event),
    ageYears: Float64Array.of(...first.clinical.ageYears, ...second.clinical.ageYears),
    metastasis: Int8Array.of(...first.clinical.metastasis, ...second.clinical.metastasis),
    male: Int8Array.of(...first.clinical.male, ...second.clinical.male),
    necrosisPercent: Float64Array.of(...first.clinical.necrosisPercent, ...second.clinical.necrosisPercent),
  };
  return {
    clinical,
    mutations: { ...first.mutations, values: joinCodes(first.mutations.values, second.mutations.values) },
    copyNumber: { ...first.copyNumber, values: joinCodes(first.copyNumber.values, second.copyNumber.values) },
    expression: { ...first.expression, values: joinMeasures(first.expression.values, second.expression.values) },
  };
}

function joinCodes(first: Int8Array, second: Int8Array): Int8Array {
  const joined = new Int8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

function joinMeasures(first: Float32Array, second: Float32Array): Float32Array {
  const joined = new Float32Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
