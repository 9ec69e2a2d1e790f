import type { SyntheticCohort } from "@osteon/generator";

/** Consecutive patients of one model, of the same columns, as one cohort. */
export function joinChunks(chunks: readonly SyntheticCohort[]): SyntheticCohort {
  const [first] = chunks;
  if (first === undefined || chunks.length === 1) return first!;
  const cohorts = chunks.map(({ cohort }) => cohort);
  const clinical = cohorts.map((cohort) => cohort.clinical);
  return {
    cohort: {
      ...first.cohort,
      patientIds: cohorts.flatMap(({ patientIds }) => patientIds),
      clinical: {
        survivalTimeDays: join(
          clinical.map((table) => table.survivalTimeDays),
          Float64Array,
        ),
        event: join(
          clinical.map((table) => table.event),
          Int8Array,
        ),
        ageYears: join(
          clinical.map((table) => table.ageYears),
          Float64Array,
        ),
        metastasis: join(
          clinical.map((table) => table.metastasis),
          Int8Array,
        ),
        male: join(
          clinical.map((table) => table.male),
          Int8Array,
        ),
        necrosisPercent: join(
          clinical.map((table) => table.necrosisPercent),
          Float64Array,
        ),
      },
      mutations: {
        ...first.cohort.mutations,
        values: join(
          cohorts.map(({ mutations }) => mutations.values),
          Int8Array,
        ),
      },
      copyNumber: {
        ...first.cohort.copyNumber,
        values: join(
          cohorts.map(({ copyNumber }) => copyNumber.values),
          Int8Array,
        ),
      },
      expression: {
        ...first.cohort.expression,
        values: join(
          cohorts.map(({ expression }) => expression.values),
          Float32Array,
        ),
      },
    },
    pathways: {
      ...first.pathways,
      values: join(
        chunks.map(({ pathways }) => pathways.values),
        Float32Array,
      ),
    },
  };
}

interface Joinable<T> {
  readonly length: number;
  set(values: T, offset: number): void;
}

function join<T extends Joinable<T>>(pieces: readonly T[], constructor: new (length: number) => T): T {
  const joined = new constructor(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
