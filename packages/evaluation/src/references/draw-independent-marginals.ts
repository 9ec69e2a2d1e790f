import { COPY_NUMBER_UNKNOWN, UNKNOWN, type ClinicalTable } from "@osteon/cohort";
import type { RandomStream } from "@osteon/numerics";
import { countPatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";

/**
 * The floor: patients of right marginals and no biology. The known values of each variable are shuffled
 * by themselves (and anew when used up), except that a survival time keeps its event: the two are one
 * observation. Without replacement, so that marginals are as near to held-out ones as real patients' are.
 */
export function drawIndependentMarginals(
  train: EvaluationCohort,
  count: number,
  random: RandomStream,
): EvaluationCohort {
  const { clinical, mutations, copyNumber, expression } = train;
  const outcomes = knownRows(
    countPatients(train),
    (row) => clinical.event[row]! >= 0 && clinical.survivalTimeDays[row]! >= 0,
  );
  const outcomeRows = shuffled(outcomes, count, random);
  const drawn: ClinicalTable = {
    survivalTimeDays: Float64Array.from(outcomeRows, (row) => clinical.survivalTimeDays[row] ?? Number.NaN),
    event: Int8Array.from(outcomeRows, (row) => clinical.event[row] ?? UNKNOWN),
    ageYears: drawColumns(clinical.ageYears, new Float64Array(count), 1, Number.NaN, random),
    metastasis: drawColumns(clinical.metastasis, new Int8Array(count), 1, UNKNOWN, random),
    male: drawColumns(clinical.male, new Int8Array(count), 1, UNKNOWN, random),
    necrosisPercent: drawColumns(clinical.necrosisPercent, new Float64Array(count), 1, Number.NaN, random),
  };
  const int8 = (genes: readonly string[]) => new Int8Array(count * genes.length);
  return {
    clinical: drawn,
    mutations: {
      genes: mutations.genes,
      values: drawColumns(mutations.values, int8(mutations.genes), mutations.genes.length, UNKNOWN, random),
    },
    copyNumber: {
      genes: copyNumber.genes,
      values: drawColumns(
        copyNumber.values,
        int8(copyNumber.genes),
        copyNumber.genes.length,
        COPY_NUMBER_UNKNOWN,
        random,
      ),
    },
    expression: {
      genes: expression.genes,
      unit: expression.unit,
      values: drawColumns(
        expression.values,
        new Float32Array(count * expression.genes.length),
        expression.genes.length,
        Number.NaN,
        random,
      ),
    },
  };
}

function drawColumns<T extends Float64Array | Float32Array | Int8Array>(
  source: T,
  target: T,
  width: number,
  unknown: number,
  random: RandomStream,
): T {
  const sourceRows = width === 0 ? 0 : source.length / width;
  const targetRows = width === 0 ? 0 : target.length / width;
  const known = new Uint32Array(sourceRows);
  for (let j = 0; j < width; j++) {
    let count = 0;
    for (let i = 0; i < sourceRows; i++) {
      if (!Object.is(source[i * width + j], unknown)) known[count++] = i;
    }
    const rows = shuffled(known.subarray(0, count), targetRows, random);
    for (let i = 0; i < targetRows; i++) target[i * width + j] = count === 0 ? unknown : source[rows[i]! * width + j]!;
  }
  return target;
}

/** `count` of the rows in random order, each as often as another but for one; −1 where there is none. */
function shuffled(rows: ArrayLike<number>, count: number, random: RandomStream): Int32Array {
  const order = new Int32Array(count).fill(-1);
  let at = 0;
  while (at < count && rows.length > 0) {
    const places = random.permutation(rows.length);
    for (let k = 0; k < places.length && at < count; k++) order[at++] = rows[places[k]!]!;
  }
  return order;
}

function knownRows(count: number, isKnown: (row: number) => boolean): number[] {
  return Array.from({ length: count }, (_, row) => row).filter(isKnown);
}
