import { readGeneCell } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { MatrixCollector } from "../../reading/matrix/matrix-collector.ts";
import type { MatrixValues } from "../../reading/matrix/matrix-source.ts";
import type { GeneLine } from "./gene-file.ts";

/** Why a gene is not read. */
type LeftOut = "type" | "second on Y" | "sex chromosome";

/** A gene of the files, as it was decided upon where it was met first. */
interface GeneOfFiles<T extends MatrixValues> {
  /** Where its values go; undefined for one that is not read. */
  readonly row: T | undefined;
  /** Whether it counts for the commonest number of copies. */
  readonly isOfBaseline: boolean;
}

/** What becomes of a gene. */
interface Decision {
  readonly leftOut: LeftOut | undefined;
  readonly isOfBaseline: boolean;
}

/**
 * The rows of a matrix by Ensembl id, gathered from files of a sample each. Genes are called by `gene_name`; where that
 * is empty, by their id. Of the genes that X and Y share, those of X are read (`_PAR_Y` marks the others).
 */
export class GeneRowsById<T extends MatrixValues, Name extends string> {
  readonly #collector: MatrixCollector<T>;
  readonly #decide: (id: string, gene: GeneLine<Name>) => Decision;
  readonly #genes = new Map<string, GeneOfFiles<T>>();
  /** As the first file has them: the files of a release have one order, and others are looked up by name. */
  readonly #inOrder: { readonly id: Uint8Array; readonly gene: GeneOfFiles<T> }[] = [];
  readonly #left = new Map<LeftOut, number>();
  #read = 0;

  constructor(collector: MatrixCollector<T>, decide: (id: string, gene: GeneLine<Name>) => Decision) {
    this.#collector = collector;
    this.#decide = decide;
  }

  /** Genes that are read. */
  get genes(): number {
    return this.#read;
  }

  geneOf(line: GeneLine<Name | "gene_id" | "gene_name">, file: string): GeneOfFiles<T> {
    const expected = this.#inOrder[line.index];
    if (expected !== undefined && line.holds("gene_id", expected.id)) return expected.gene;
    const id = line.text("gene_id");
    const gene = this.#genes.get(id) ?? this.#meet(id, line, file);
    if (line.index === this.#inOrder.length) this.#inOrder.push({ id: Buffer.from(id), gene });
    return gene;
  }

  /** How many genes were not read for a reason. */
  count(reason: LeftOut): number {
    return this.#left.get(reason) ?? 0;
  }

  #meet(id: string, line: GeneLine<Name | "gene_id" | "gene_name">, file: string): GeneOfFiles<T> {
    const { leftOut, isOfBaseline } = this.#decide(id, line);
    const reason = id.endsWith("_PAR_Y") ? "second on Y" : leftOut;
    if (reason === undefined) this.#read++;
    else this.#left.set(reason, (this.#left.get(reason) ?? 0) + 1);
    const gene = { row: reason === undefined ? this.#addRow(line, file) : undefined, isOfBaseline };
    this.#genes.set(id, gene);
    return gene;
  }

  #addRow(line: GeneLine<"gene_id" | "gene_name">, file: string): T {
    const nameIn = (column: "gene_id" | "gene_name") => {
      const place = { file, line: line.line, column, ordinal: line.ordinal(column) };
      const name = readGeneCell(line.text(column), place);
      return name === undefined ? undefined : { name, place };
    };
    const called = nameIn("gene_name") ?? nameIn("gene_id");
    if (called !== undefined) return this.#collector.addGene(called.name, called.place);
    const place = { file, line: line.line, column: "gene_name", ordinal: line.ordinal("gene_name") };
    throw osteonError("connectors.gene-missing", place);
  }
}
