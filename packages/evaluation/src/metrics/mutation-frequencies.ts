import type { MutationTable } from "@osteon/cohort";

/** Share of the sequenced patients that carry a mutation, by gene; NaN where nobody was sequenced. */
export function computeMutationFrequencies(table: MutationTable): Float64Array {
  const width = table.genes.length;
  const mutated = new Uint32Array(width);
  const sequenced = new Uint32Array(width);
  for (let k = 0; k < table.values.length; k++) {
    const value = table.values[k]!;
    if (value < 0) continue;
    sequenced[k % width]!++;
    mutated[k % width]! += value;
  }
  return Float64Array.from(mutated, (count, j) => count / sequenced[j]!);
}
