import type { MutationTable } from "@osteon/cohort";
import type { FeatureOptions } from "./feature-state.ts";

/**
 * Genes mutated in enough patients, and drivers. Drivers without a single call are added only where
 * somebody was sequenced: without sequencing nothing is known of them.
 */
export function selectMutationGenes(
  table: MutationTable,
  options: Required<FeatureOptions>,
): { readonly genes: string[]; readonly excluded: number } {
  const width = table.genes.length;
  const mutated = new Uint32Array(width);
  let sequenced = false;
  for (let k = 0; k < table.values.length; k++) {
    const value = table.values[k]!;
    if (value >= 0) sequenced = true;
    if (value === 1) mutated[k % width]!++;
  }
  if (!sequenced) return { genes: [], excluded: width };
  const drivers = new Set(options.driverMutationGenes);
  const others = table.genes
    .map((gene, j) => ({ gene, patients: mutated[j]! }))
    .filter(({ gene, patients }) => !drivers.has(gene) && patients > 0);
  const frequent = others
    .filter(({ patients }) => patients >= options.minimumMutatedPatients)
    .toSorted((a, b) => b.patients - a.patients || (a.gene < b.gene ? -1 : 1))
    .slice(0, Math.max(0, options.maximumMutationGenes - drivers.size));
  return {
    genes: [...drivers, ...frequent.map(({ gene }) => gene)],
    excluded: others.length - frequent.length,
  };
}
