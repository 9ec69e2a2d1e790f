import type { EvaluationInput } from "../input/evaluation-input.ts";

/**
 * How strongly two parts of the records go together in the known direction, after the rows of the first have gone to
 * other patients: patient i has the first part of patient `order[i]`. Null where there is nothing to compare.
 */
type LinkStrength = (order: ArrayLike<number>) => number | null;

/** A link between two parts of a record whose direction is settled for osteosarcoma. */
export interface KnownLink {
  readonly name: "clinical_tumour_link" | "mutation_tumour_link";
  /** Completes "patients in whom …". */
  readonly title: string;
  /** Reads a file once, for any number of orders; null where it does not hold what the link is between. */
  prepare(input: EvaluationInput): LinkStrength | null;
}

/** The strength in the file as it is; null where it cannot be had. */
export function measureLink(link: KnownLink, input: EvaluationInput): number | null {
  return link.prepare(input)?.(Uint32Array.from({ length: input.patientCount }, (_, row) => row)) ?? null;
}
