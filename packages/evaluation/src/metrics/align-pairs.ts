/** Pairwise statistics of two files over the same pairs. */
export interface AlignedPairs {
  readonly reference: Float32Array;
  readonly candidate: Float32Array;
}

/**
 * Pairs that the reference knows. Where only the candidate has no value (a gene of it does not vary) it
 * counts as 0: no association. Leaving such pairs out would reward a file for being constant.
 */
export function alignPairs(reference: Float32Array, candidate: Float32Array): AlignedPairs {
  return {
    reference,
    candidate: candidate.map((value) => (Number.isNaN(value) ? 0 : value)),
  };
}
