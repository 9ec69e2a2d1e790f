import type { MatrixValues } from "./matrix-source.ts";

/**
 * The rows of a matrix by gene. Of rows that give one gene twice, as several Ensembl ids of one symbol or an
 * alias beside its symbol do, the one measured in more patients is kept, then the one whose values are larger
 * in size on average, then the earlier: never a mixture, so a gene's values stay one measurement.
 */
export class GeneRows<T extends MatrixValues> {
  readonly #place = new Map<string, number>();
  readonly #rows: T[] = [];
  readonly #isMeasured: (value: number) => boolean;
  readonly #doubled = new Set<string>();
  #left = 0;

  constructor(isMeasured: (value: number) => boolean) {
    this.#isMeasured = isMeasured;
  }

  /** Genes by name, and the row of each. */
  sorted(): { readonly genes: readonly string[]; readonly rows: readonly T[] } {
    const genes = [...this.#place.keys()].sort();
    return { genes, rows: genes.map((gene) => this.#rows[this.#place.get(gene)!]!) };
  }

  add(gene: string, row: T): void {
    const place = this.#place.get(gene);
    if (place === undefined) {
      this.#place.set(gene, this.#rows.length);
      this.#rows.push(row);
      return;
    }
    this.#left++;
    this.#doubled.add(gene);
    const kept = this.#weigh(this.#rows[place]!);
    const rival = this.#weigh(row);
    const isBetter = rival.measured > kept.measured || (rival.measured === kept.measured && rival.size > kept.size);
    if (isBetter) this.#rows[place] = row;
  }

  /** What was left out, in a sentence; undefined where each gene had one row. */
  describe(table: string): string | undefined {
    if (this.#left === 0) return undefined;
    return (
      `${this.#left} rows of the ${table} table repeat ${this.#doubled.size} genes; of each gene, the row measured in ` +
      "most patients was kept, among equals that of the larger values."
    );
  }

  #weigh(row: T): { readonly measured: number; readonly size: number } {
    let measured = 0;
    let sum = 0;
    for (const value of row) {
      if (!this.#isMeasured(value)) continue;
      measured++;
      sum += Math.abs(value);
    }
    return { measured, size: measured === 0 ? 0 : sum / measured };
  }
}
