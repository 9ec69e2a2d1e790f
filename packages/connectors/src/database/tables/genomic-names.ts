import { normalise } from "./normalise.ts";

/** Names of the gene column, the first of them the one that is asked for. */
export const geneNames = ["gene", "gene_symbol", "hugo_symbol"] as const;

/**
 * Names of the column that says whose row it is. A set with a query of samples goes by sample, one without by
 * patient; where a table has both columns, the other one is dropped.
 */
export function ownerNames(hasSamples: boolean): readonly string[] {
  const bySample = ["sample_id", "tumor_sample_barcode"];
  return hasSamples ? [...bySample, "patient_id"] : ["patient_id", ...bySample];
}

/** The first of the columns that has one of the names; −1 where none has. */
export function positionOf(columns: readonly { readonly name: string }[], names: readonly string[]): number {
  for (const name of names) {
    const position = columns.findIndex((column) => normalise(column.name) === name);
    if (position >= 0) return position;
  }
  return -1;
}
