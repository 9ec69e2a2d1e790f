import { createIdentifierDetector, type CellPlace } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import { refuseSampleAsGene } from "../sample-as-gene.ts";
import type { ReadingContext } from "../reading-context.ts";
import type { GeneMatrix, MatrixReading, MatrixValues } from "./matrix-source.ts";
import { scatterRows } from "./scatter-rows.ts";

/**
 * Gathers a matrix gene by gene, in the order in which the source names them, and turns it into the cohort's
 * layout. Holds one row a gene, so the peak is twice the resulting table.
 */
export class MatrixCollector<T extends MatrixValues> {
  readonly #context: ReadingContext;
  readonly #reading: MatrixReading<T>;
  readonly #name: string;
  readonly #patients: readonly number[];
  readonly #geneLines = new Map<string, number>();
  readonly #rows: T[] = [];
  readonly #alarm = createIdentifierDetector("Hugo_Symbol", { column: "ids" });

  /**
   * @param name of the source, for errors
   * @param patients patient row of each column of the rows to come
   */
  constructor(context: ReadingContext, name: string, reading: MatrixReading<T>, patients: readonly number[]) {
    this.#context = context;
    this.#name = name;
    this.#reading = reading;
    this.#patients = patients;
  }

  /**
   * Room for a gene's values, one a column, all "not measured".
   *
   * @throws connectors.gene-twice, deidentification.cell-holds-identifier
   */
  addGene(gene: string, place: CellPlace): T {
    refuseSampleAsGene(gene, this.#reading.samples, place);
    const first = this.#geneLines.get(gene);
    if (first !== undefined) throw osteonError("connectors.gene-twice", { ...place, first });
    this.#geneLines.set(gene, place.line);
    this.#alarm.examine(gene);
    const row = this.#reading.allocate(this.#patients.length);
    this.#rows.push(row);
    return row;
  }

  /**
   * What is stored for a number of the source.
   *
   * @throws connectors.value-out-of-range
   */
  convert(value: number, line: number, ordinal: number): number {
    const { minimum, maximum, values: allowed, unit } = this.#reading.contract;
    if (value < minimum || value > maximum || (allowed !== undefined && !allowed.includes(value))) {
      const range = allowed === undefined ? `${minimum} to ${maximum}` : allowed.join(", ");
      const parameters = { file: this.#name, line, ordinal, allowed: range, unit };
      throw osteonError("connectors.value-out-of-range", parameters);
    }
    return this.#reading.convert(value);
  }

  /** @throws connectors.matrix-empty */
  finish(): GeneMatrix<T> {
    if (this.#rows.length === 0) throw osteonError("connectors.matrix-empty", { file: this.#name, what: "genes" });
    const { table } = this.#reading.contract;
    for (const found of this.#alarm.report()) {
      this.#context.findings.push({ table, column: "Hugo_Symbol", taken: true, ...found });
    }
    const values = this.#reading.allocate(this.#reading.patients * this.#rows.length);
    scatterRows(this.#rows, this.#patients, values);
    return { genes: [...this.#geneLines.keys()], values };
  }
}
