import { UNKNOWN } from "@osteon/cohort";

/** A batch of fewer patients shows no effect and would single them out. */
const smallestBatch = 5;

export interface CodedBatches {
  /** One a patient: 0 for the largest batch, {@link UNKNOWN} without a label or of too small a batch. */
  readonly codes: Int16Array;
  readonly batches: number;
  /** Patients whose batch was too small to be told. */
  readonly tooSmall: number;
}

/**
 * Replaces labels of sites or batches by codes in order of size, so that no label passes. Batches of equal size
 * follow the order of their labels, which is the same whatever reader and order of patients.
 *
 * @param labels one a patient, undefined where unknown
 * @returns undefined where no patient has a label
 */
export function codeBatches(labels: readonly (string | undefined)[]): CodedBatches | undefined {
  const sizes = new Map<string, number>();
  for (const label of labels) if (label !== undefined) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  if (sizes.size === 0) return undefined;
  const told = [...sizes]
    .filter(([, size]) => size >= smallestBatch)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([label]) => label);
  const codes = new Map(told.map((label, code) => [label, code]));
  return {
    codes: Int16Array.from(labels, (label) => (label === undefined ? UNKNOWN : (codes.get(label) ?? UNKNOWN))),
    batches: told.length,
    tooSmall: labels.filter((label) => label !== undefined && !codes.has(label)).length,
  };
}
