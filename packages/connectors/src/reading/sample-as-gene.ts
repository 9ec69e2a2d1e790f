import type { CellPlace } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { SampleTable } from "./read-clinical.ts";

/**
 * Refuses a gene whose name is a sample's id: names of genes are published, and ids must not be.
 *
 * @throws deidentification.cell-holds-identifier
 */
export function refuseSampleAsGene(gene: string, samples: SampleTable, place: CellPlace): void {
  if (samples.samples.has(gene)) {
    throw osteonError("deidentification.cell-holds-identifier", { ...place, class: "other unique identifier" });
  }
}
