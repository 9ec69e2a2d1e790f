/** A named set of genes, by HGNC symbol. */
export interface GeneSet {
  readonly name: string;
  readonly description: string;
  readonly genes: readonly string[];
}
