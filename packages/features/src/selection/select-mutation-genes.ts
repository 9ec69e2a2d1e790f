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
  const chosen = new Set(options.driverMutationGenes);
  const excluded = table.genes.filter((gene, j) => {
    if (mutated[j]! < options.minimumMutatedPatients) return !chosen.has(gene);
    chosen.add(gene);
    return false;
  });
  return { genes: [...chosen], excluded: excluded.length };
}
