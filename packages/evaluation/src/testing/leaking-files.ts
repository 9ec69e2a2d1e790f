import type { RandomStream } from "@osteon/numerics";
import { countPatients, takePatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";
import { resampleRows } from "../references/choose-rows.ts";

/** The rows from … to − 1. */
export function takeRange(cohort: EvaluationCohort, from: number, to: number): EvaluationCohort {
  return takePatients(
    cohort,
    Array.from({ length: to - from }, (_, i) => from + i),
  );
}

/** Training patients with replacement: perfect memory. */
export function photocopy(train: EvaluationCohort, size: number, random: RandomStream): EvaluationCohort {
  return takePatients(train, resampleRows(countPatients(train), size, random));
}

/** A photocopy with noise on every measurement, of a third of a usual deviation of demonstration genes. */
export function jitter(train: EvaluationCohort, size: number, random: RandomStream): EvaluationCohort {
  const copy = photocopy(train, size, random);
  const { clinical, expression } = copy;
  return {
    ...copy,
    clinical: {
      ...clinical,
      ageYears: clinical.ageYears.map((age) => age + random.nextNormal()),
      survivalTimeDays: clinical.survivalTimeDays.map((days) => days * Math.exp(0.1 * random.nextNormal())),
      necrosisPercent: clinical.necrosisPercent.map((percent) => percent + 5 * random.nextNormal()),
    },
    expression: { ...expression, values: expression.values.map((value) => value + 0.4 * random.nextNormal()) },
  };
}

/**
 * A model overfitted on purpose: each record mixes two training patients, nine parts of one and one of
 * the other in measurements, the codes of the first.
 */
export function blend(train: EvaluationCohort, size: number, random: RandomStream): EvaluationCohort {
  const first = photocopy(train, size, random);
  const second = photocopy(train, size, random);
  const mix = <T extends Float64Array | Float32Array>(a: T, b: T) =>
    a.map((value, k) => (Number.isNaN(b[k]!) ? value : 0.9 * value + 0.1 * b[k]!)) as T;
  return {
    ...first,
    clinical: {
      ...first.clinical,
      ageYears: mix(first.clinical.ageYears, second.clinical.ageYears),
      survivalTimeDays: mix(first.clinical.survivalTimeDays, second.clinical.survivalTimeDays),
    },
    expression: { ...first.expression, values: mix(first.expression.values, second.expression.values) },
  };
}
