import type { EvaluationInput } from "./evaluation-input.ts";
import { computeSquaredDistances } from "./squared-distances.ts";

/** A candidate file against the reference that it is judged by, the held-out real patients. */
export class Comparison {
  readonly reference: EvaluationInput;
  readonly candidate: EvaluationInput;
  #distances: Float64Array | undefined;

  constructor(reference: EvaluationInput, candidate: EvaluationInput) {
    this.reference = reference;
    this.candidate = candidate;
  }

  /** Patients of both: first the reference's, then the candidate's. */
  get patientCount(): number {
    return this.reference.patientCount + this.candidate.patientCount;
  }

  get hasExpression(): boolean {
    return this.reference.cohort.expression.genes.length > 0;
  }

  /** Squared Euclidean distances of all patients in scaled expression, patientCount × patientCount. */
  get squaredDistances(): Float64Array {
    return (this.#distances ??= computeSquaredDistances(
      [this.reference.scaledExpression, this.candidate.scaledExpression],
      this.reference.cohort.expression.genes.length,
    ));
  }
}
