import type { Marginals } from "./marginals.ts";

/** For each gene the anchor of its own copy number, or −1. */
export function cisAnchorsOf(marginals: Marginals, genes: readonly string[]): Int32Array {
  const first = marginals.clinical.length + marginals.mutationGenes.length;
  const position = new Map(marginals.copyNumberGenes.map((gene, k) => [gene, first + k]));
  return Int32Array.from(genes, (gene) => position.get(gene) ?? -1);
}
