import { readGeneCell } from "@osteon/deidentification";
import type { MatrixCollector } from "../../reading/matrix/matrix-collector.ts";
import type { MatrixValues } from "../../reading/matrix/matrix-source.ts";
import type { GeneLine } from "./gene-file.ts";

/** Why a gene is not read. */
type LeftOut = "type" | "second on Y" | "sex chromosome";

/**
 * The rows of a matrix by Ensembl id, gathered from files of a sample each. Which genes are read is decided where a
 * gene is met first. They are called by `gene_name`; where that is empty, by their id.
 */
export class GeneRowsById<T extends MatrixValues> {
  readonly #collector: MatrixCollector<T>;
  readonly #leaveOut: (id: string, gene: GeneLine<"gene_id" | "gene_name">) => LeftOut | undefined;
  readonly #rows = new Map<string, T | null>();
  readonly #left = new Map<LeftOut, number>();

  constructor(
    collector: MatrixCollector<T>,
    leaveOut: (id: string, gene: GeneLine<"gene_id" | "gene_name">) => LeftOut | undefined,
  ) {
    this.#collector = collector;
    this.#leaveOut = leaveOut;
  }

  /** Genes that are read. */
  get genes(): number {
    return this.#rows.size - [...this.#left.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Where the gene of a line is kept; null for one that is not read. */
  rowOf(gene: GeneLine<"gene_id" | "gene_name">, file: string): T | null {
    const id = gene.text("gene_id");
    const known = this.#rows.get(id);
    if (known !== undefined) return known;
    const reason = id.endsWith("_PAR_Y") ? "second on Y" : this.#leaveOut(id, gene);
    if (reason !== undefined) this.#left.set(reason, (this.#left.get(reason) ?? 0) + 1);
    const row = reason === undefined ? this.#add(gene, file) : null;
    this.#rows.set(id, row);
    return row;
  }

  /** How many genes were not read for a reason. */
  count(reason: LeftOut): number {
    return this.#left.get(reason) ?? 0;
  }

  #add(gene: GeneLine<"gene_id" | "gene_name">, file: string): T {
    const placeOf = (column: "gene_id" | "gene_name") => ({
      file,
      line: gene.line,
      column,
      ordinal: gene.ordinal(column),
    });
    const name = readGeneCell(gene.text("gene_name"), placeOf("gene_name"));
    if (name !== undefined) return this.#collector.addGene(name, placeOf("gene_name"));
    const id = readGeneCell(gene.text("gene_id"), placeOf("gene_id"));
    return this.#collector.addGene(id ?? "", placeOf("gene_id"));
  }
}
