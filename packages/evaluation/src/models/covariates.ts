import { UNKNOWN } from "@osteon/cohort";
import { mean } from "@osteon/numerics";
import type { EvaluationInput } from "../input/evaluation-input.ts";

/** Patients × width, row-major; NaN where unknown. Clinical columns first, then pathway scores. */
export interface CovariateTable {
  readonly values: Float64Array;
  readonly width: number;
  readonly clinicalWidth: number;
}

/** Mean and standard deviation of each column; deviation 0 of one that does not vary. */
export interface CovariateScale {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** A model of so few patients gains nothing from more, and its fit is cubic in their number. */
const maximumPathways = 25;

/** @param clinical whether metastasis and age stand among the covariates */
export function readCovariates(input: EvaluationInput, clinical: boolean): CovariateTable {
  const { pathways, patientCount } = input;
  const { metastasis, ageYears } = input.cohort.clinical;
  const clinicalWidth = clinical ? 2 : 0;
  const width = clinicalWidth + Math.min(maximumPathways, pathways.names.length);
  const values = new Float64Array(patientCount * width);
  for (let i = 0; i < patientCount; i++) {
    if (clinical) {
      values[i * width] = metastasis[i] === UNKNOWN ? Number.NaN : metastasis[i]!;
      values[i * width + 1] = ageYears[i]!;
    }
    for (let j = clinicalWidth; j < width; j++) {
      values[i * width + j] = pathways.values[i * pathways.names.length + j - clinicalWidth]!;
    }
  }
  return { values, width, clinicalWidth };
}

/** The given rows of which at least one covariate is known. */
export function rowsWithCovariates({ values, width }: CovariateTable, rows: readonly number[]): number[] {
  return rows.filter((row) => values.subarray(row * width, (row + 1) * width).some((value) => !Number.isNaN(value)));
}

export function describeScale({ values, width }: CovariateTable, rows: readonly number[]): CovariateScale {
  const means = new Float64Array(width);
  const deviations = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    const known = rows.map((row) => values[row * width + j]!).filter((value) => !Number.isNaN(value));
    if (known.length === 0) continue;
    const centre = mean(known);
    const deviation = Math.sqrt(mean(known.map((value) => (value - centre) ** 2)));
    means[j] = centre;
    // Rounding of the mean alone leaves this much of a constant column of single precision.
    deviations[j] = deviation > 1e-7 * Math.abs(centre) ? deviation : 0;
  }
  return { means, deviations };
}

/** The rows in deviations of the scale; an unknown value stands at the mean, a column without deviation at 0. */
export function standardiseRows(
  { values, width }: CovariateTable,
  { means, deviations }: CovariateScale,
  rows: readonly number[],
): Float64Array {
  const standardised = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    for (let j = 0; j < width; j++) {
      const deviate = deviations[j] === 0 ? 0 : (values[row * width + j]! - means[j]!) / deviations[j]!;
      standardised[i * width + j] = Number.isNaN(deviate) ? 0 : deviate;
    }
  });
  return standardised;
}
