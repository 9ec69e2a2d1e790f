import { computeSquaredDistances } from "@osteon/numerics";
import type { EvaluationInput } from "./evaluation-input.ts";

/** A candidate file against the reference that it is judged by, the held-out real patients. */
export class Comparison {
  readonly reference: EvaluationInput;
  readonly candidate: EvaluationInput;
  #distances: Float64Array | undefined;

  constructor(reference: EvaluationInput, candidate: EvaluationInput) {
    this.reference = reference;
    this.candidate = candidate;
  }

  /** Reference patients among {@link placedCount}; they come first. */
  get placedReferences(): number {
    return this.reference.placedRows.length;
  }

  /** Patients of both files whose expression can be placed: first the reference's, then the candidate's. */
  get placedCount(): number {
    return this.placedReferences + this.candidate.placedRows.length;
  }

  get hasExpression(): boolean {
    return this.reference.cohort.expression.genes.length > 0;
  }

  /** Squared Euclidean distances of the placed patients in scaled expression, placedCount × placedCount. */
  get squaredDistances(): Float64Array {
    return (this.#distances ??= computeSquaredDistances(
      [this.reference.placedExpression, this.candidate.placedExpression],
      this.reference.cohort.expression.genes.length,
    ));
  }
}
