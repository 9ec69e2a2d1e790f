import { createIdentifierDetector, type CellPlace } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import { refuseRows, type ReadingContext } from "../reading-context.ts";
import { refuseSampleAsGene } from "../sample-as-gene.ts";
import { GeneRows } from "./gene-rows.ts";
import type { GeneMatrix, MatrixReading, MatrixValues } from "./matrix-source.ts";
import { scatterRows } from "./scatter-rows.ts";

/**
 * Gathers a matrix gene by gene, in whatever order the source names them, and turns it into the cohort's layout,
 * genes by name: a database has no order of its own, and the same data give the same cohort from every source.
 * Genes are called as the context's names say, and one that several rows give has the row that
 * {@link GeneRows} keeps. Holds every row, so the peak is twice the resulting table.
 */
export class MatrixCollector<T extends MatrixValues> {
  readonly #context: ReadingContext;
  readonly #reading: MatrixReading<T>;
  readonly #name: string;
  readonly #patients: readonly number[];
  readonly #rows: { readonly gene: string; readonly row: T }[] = [];
  #damaged = 0;
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
   * Room for the values of a row of the source, one a column, all "not measured".
   *
   * @param name of its gene, as the source calls it
   * @throws deidentification.cell-holds-identifier
   */
  addGene(name: string, place: CellPlace): T {
    refuseSampleAsGene(name, this.#reading.samples, place);
    this.#alarm.examine(name);
    const row = this.#reading.allocate(this.#patients.length);
    const gene = this.#context.geneNames.resolve(name);
    // What tells no gene is read all the same, so that its values are checked as all others are.
    if (gene === undefined) this.#damaged++;
    else this.#rows.push({ gene, row });
    return row;
  }

  /**
   * What is stored for a number of the source.
   *
   * @param file that the number stands in, of a source in several
   * @throws connectors.value-out-of-range
   */
  convert(value: number, line: number, ordinal: number, file = this.#name): number {
    const { minimum, maximum, values: allowed, unit } = this.#reading.contract;
    if (value < minimum || value > maximum || (allowed !== undefined && !allowed.includes(value))) {
      const range = allowed === undefined ? `${minimum} to ${maximum}` : allowed.join(", ");
      const parameters = { file, line, ordinal, allowed: range, unit };
      throw osteonError("connectors.value-out-of-range", parameters);
    }
    return this.#reading.convert(value);
  }

  /** @throws connectors.matrix-empty */
  finish(): GeneMatrix<T> {
    if (this.#rows.length === 0) throw osteonError("connectors.matrix-empty", { file: this.#name, what: "genes" });
    const { table } = this.#reading.contract;
    const notMeasured = this.#reading.allocate(1)[0]!;
    const kept = new GeneRows<T>((value) => !Object.is(value, notMeasured));
    for (const { gene, row } of this.#rows) kept.add(gene, row);
    refuseRows(this.#context, table, "genes whose name a spreadsheet program made a day", this.#damaged);
    const repeated = kept.describe(table);
    if (repeated !== undefined) this.#context.notes.push(repeated);
    for (const found of this.#alarm.report()) {
      this.#context.findings.push({ table, column: "Hugo_Symbol", taken: true, ...found });
    }
    const sorted = kept.sorted();
    const values = this.#reading.allocate(this.#reading.patients * sorted.rows.length);
    scatterRows(sorted.rows, this.#patients, values);
    return { genes: sorted.genes, values };
  }
}
