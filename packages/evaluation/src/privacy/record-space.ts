import { mean, sampleVariance } from "@osteon/numerics";
import { countPatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";
import { listAttributes, type Attribute } from "./attributes.ts";

/** A space in which whole records have distances: one dimension an attribute, an unknown value at the centre. */
export interface RecordSpace {
  readonly attributes: readonly Attribute[];
  /** Row-major, patients × attributes, no NaN. */
  place(cohort: EvaluationCohort): Float32Array;
}

/**
 * A space for real patients and for files with the same genes. Scales attributes by training and held-out patients together, so that neither lies nearer to the centre.
 * Measurements get variance 1; codes keep their own scale, for a rare mutation in units of its
 * deviation would outweigh everything else. Then each table gets a total variance of 1: six clinical
 * fields weigh as much as thousands of genes.
 */
export function createRecordSpace(real: readonly [EvaluationCohort, ...EvaluationCohort[]]): RecordSpace {
  const attributes = listAttributes(real[0]);
  const totals = new Map<Attribute["table"], number>();
  const moments = attributes.map((attribute) => {
    const { mean, variance } = describe(real.map((cohort) => attribute.read(cohort)));
    const scaled = attribute.categorical ? variance : Number(variance > 0);
    totals.set(attribute.table, (totals.get(attribute.table) ?? 0) + scaled);
    return { mean, scale: variance === 0 ? 0 : Math.sqrt(scaled / variance) };
  });
  const scales = moments.map(({ scale }, j) =>
    scale === 0 ? 0 : scale / Math.sqrt(totals.get(attributes[j]!.table)!),
  );
  return {
    attributes,
    place: (cohort) => {
      const width = attributes.length;
      const rows = new Float32Array(countPatients(cohort) * width);
      attributes.forEach((attribute, j) => {
        const { mean } = moments[j]!;
        attribute.read(cohort).forEach((value, i) => {
          rows[i * width + j] = Number.isNaN(value) ? 0 : (value - mean) * scales[j]!;
        });
      });
      return rows;
    },
  };
}

/** Mean and variance of the known values; 0 and 0 where there is none, variance 0 where they are one value. */
function describe(parts: readonly Float64Array[]): { readonly mean: number; readonly variance: number } {
  const known = parts.flatMap((part) => Array.from(part)).filter((value) => !Number.isNaN(value));
  const [first = 0] = known;
  if (known.every((value) => value === first)) return { mean: first, variance: 0 };
  return { mean: mean(known), variance: sampleVariance(known) };
}
