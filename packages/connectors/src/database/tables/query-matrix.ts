import { publishableHeader, readGeneCell, readIdentifierCell, type TableName } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import { notANumber } from "../../text/parse-decimal.ts";
import { MatrixCollector } from "../../reading/matrix/matrix-collector.ts";
import type { GeneMatrix, MatrixReading, MatrixSource, MatrixValues } from "../../reading/matrix/matrix-source.ts";
import type { ReadingContext } from "../../reading/reading-context.ts";
import type { Snapshot } from "../driver/snapshot.ts";
import type { Query } from "../queries/query.ts";
import { ByteIndex } from "./byte-index.ts";
import { CopyCells } from "../driver/copy-text.ts";
import type { MatrixShape } from "./matrix-shape.ts";
import { sourceOf } from "./query-table.ts";
import type { QueryColumn } from "./result-type.ts";

/** A matrix that a query gives, and the form it has. */
export interface MappedMatrix {
  readonly query: Query;
  readonly columns: readonly QueryColumn[];
  readonly shape: MatrixShape;
}

/** The matrix as its readers want it, streamed in whichever form the database has it. */
export function openQueryMatrix(snapshot: Snapshot, matrix: MappedMatrix): MatrixSource {
  return { name: matrix.query.name, read: (context, reading) => readMatrix(context, snapshot, matrix, reading) };
}

function readMatrix<T extends MatrixValues>(
  context: ReadingContext,
  snapshot: Snapshot,
  matrix: MappedMatrix,
  reading: MatrixReading<T>,
): Promise<GeneMatrix<T>> {
  const { query, columns, shape } = matrix;
  noteColumns(context, columns, shape, reading.contract.table);
  const rows = new MatrixRows(context, query.name, reading);
  switch (shape.form) {
    case "long":
      return readLong(snapshot, matrix, shape, rows);
    case "arrays":
      return readArrays(snapshot, matrix, shape, rows);
    case "wide":
      return readWide(snapshot, matrix, shape, rows);
  }
}

type Shape<F extends MatrixShape["form"]> = Extract<MatrixShape, { form: F }>;

async function readLong<T extends MatrixValues>(
  snapshot: Snapshot,
  { query, columns }: MappedMatrix,
  { gene, owner, value }: Shape<"long">,
  rows: MatrixRows<T>,
): Promise<GeneMatrix<T>> {
  const wanted = [gene, owner, value].map((position) => `c${position + 1}::text`).join(", ");
  const statement = `select ${wanted} from ${sourceOf(query, columns)}`;
  const cells = new CopyCells();
  let line = 0;
  for await (const bytes of snapshot.rowBytes(query, statement, 3)) {
    for (let at = 0; at < bytes.length;) {
      at = cells.find(bytes, at);
      line++;
      const row = rows.rowOf(cells, line, gene);
      rows.put(row, rows.targetOf(cells, 1, line, owner), cells.number(2), line, value);
    }
  }
  return rows.finish();
}

/** Stands between the elements of an array that was made a text: a character that neither ids nor numbers have. */
const separator = 0x1f;
/** Stands for an id that is NULL. */
const noId = "\u001E";

async function readArrays<T extends MatrixValues>(
  snapshot: Snapshot,
  { query, columns }: MappedMatrix,
  { gene, owners, values }: Shape<"arrays">,
  rows: MatrixRows<T>,
): Promise<GeneMatrix<T>> {
  const joined = (position: number, missing: string) =>
    `array_to_string(c${position + 1}, chr(${separator}), ${missing})`;
  const wanted = [`c${gene + 1}::text`, joined(owners, "chr(30)"), joined(values, "'NaN'")].join(", ");
  const cells = new CopyCells();
  const elements = new CopyCells(separator);
  let line = 0;
  // A genome's rows name the same patients in the same order nearly always: their places are looked up once.
  let known: string | null = null;
  let targets: readonly number[] = [];
  // Two arrays as wide as the patients are fetched a row.
  const statement = `select ${wanted} from ${sourceOf(query, columns)}`;
  for await (const bytes of snapshot.rowBytes(query, statement, 500)) {
    for (let at = 0; at < bytes.length;) {
      at = cells.find(bytes, at);
      line++;
      const row = rows.rowOf(cells, line, gene);
      const ids = cells.text(1);
      if (ids !== known) {
        known = ids;
        const names = ids === null || ids === "" ? [] : ids.split(String.fromCharCode(separator));
        const place = `in the array of column ${owners + 1}`;
        targets = names.map((id) => rows.targetOfName(id === noId ? null : id, line, place, owners));
        rows.refuseRepeated(targets, line, owners);
      }
      const given = cells.isEmpty(2) ? 0 : elements.findWithin(cells, 2);
      if (given !== targets.length) {
        throw osteonError("connectors.arrays-unequal", { file: query.name, line, ids: targets.length, values: given });
      }
      for (let i = 0; i < given; i++) rows.put(row, targets[i]!, elements.number(i), line, values);
    }
  }
  return rows.finish();
}

async function readWide<T extends MatrixValues>(
  snapshot: Snapshot,
  { query, columns }: MappedMatrix,
  { gene, owners }: Shape<"wide">,
  rows: MatrixRows<T>,
): Promise<GeneMatrix<T>> {
  const targets = owners.map((position) => rows.targetOfHeader(columns[position]!.name, position));
  rows.refuseRepeated(targets, 0, owners[0]!);
  const read = targets.flatMap((target, i) => (target < 0 ? [] : [{ target, position: owners[i]! }]));
  const wanted = [gene, ...read.map(({ position }) => position)].map((position) => `c${position + 1}::text`);
  const statement = `select ${wanted.join(", ")} from ${sourceOf(query, columns)}`;
  const cells = new CopyCells();
  let line = 0;
  for await (const bytes of snapshot.rowBytes(query, statement, wanted.length)) {
    for (let at = 0; at < bytes.length;) {
      at = cells.find(bytes, at);
      line++;
      const row = rows.rowOf(cells, line, gene);
      read.forEach(({ target, position }, i) => rows.put(row, target, cells.number(i + 1), line, position));
    }
  }
  return rows.finish();
}

interface GeneRow<T> {
  readonly values: T;
  /** A bit a column: whether it had its value. */
  readonly filled: Uint8Array;
}

/** The rows of the matrix as they fill, whatever order their values come in. */
class MatrixRows<T extends MatrixValues> {
  readonly #name: string;
  readonly #reading: MatrixReading<T>;
  readonly #collector: MatrixCollector<T>;
  /** Column of each chosen sample; −1 of the others. */
  readonly #targets = new Map<string, number>();
  readonly #columns: number;
  /** Genes and samples that came before, as the database writes them. */
  readonly #seenGenes = new ByteIndex();
  readonly #rows: GeneRow<T>[] = [];
  readonly #seenSamples = new ByteIndex();
  readonly #seenTargets: number[] = [];

  constructor(context: ReadingContext, name: string, reading: MatrixReading<T>) {
    this.#name = name;
    this.#reading = reading;
    const patients: number[] = [];
    for (const id of reading.samples.samples.keys()) {
      const patient = reading.chosen.get(id);
      this.#targets.set(id, patient === undefined ? -1 : patients.push(patient) - 1);
    }
    this.#columns = patients.length;
    this.#collector = new MatrixCollector(context, name, reading, patients);
  }

  /** The row of the gene that the first cell names. */
  rowOf(cells: CopyCells, line: number, position: number): GeneRow<T> {
    const start = cells.start(0);
    const end = cells.end(0);
    const seen = this.#seenGenes.find(cells.bytes, start, end);
    if (seen >= 0) return this.#rows[seen]!;
    const place = { file: this.#name, line, column: "Hugo_Symbol", ordinal: position + 1 };
    const gene = readGeneCell(cells.text(0) ?? "", place);
    if (gene === undefined) throw osteonError("connectors.gene-missing", place);
    const row = { values: this.#collector.addGene(gene, place), filled: new Uint8Array((this.#columns + 7) >> 3) };
    this.#rows[this.#seenGenes.add(cells.bytes, start, end)] = row;
    return row;
  }

  /** Column of the sample that a cell names, −1 of one that was not chosen. */
  targetOf(cells: CopyCells, cell: number, line: number, position: number): number {
    const start = cells.start(cell);
    const end = cells.end(cell);
    const seen = this.#seenSamples.find(cells.bytes, start, end);
    if (seen >= 0) return this.#seenTargets[seen]!;
    const target = this.targetOfName(cells.text(cell), line, `column ${position + 1}`, position);
    this.#seenTargets[this.#seenSamples.add(cells.bytes, start, end)] = target;
    return target;
  }

  /**
   * As {@link targetOf}.
   *
   * @param place where the name stands
   */
  targetOfName(id: string | null, line: number, place: string, position: number): number {
    const target = id === null ? undefined : this.#targets.get(id);
    if (target !== undefined) return target;
    const column = "SAMPLE_ID";
    // First for what is wrong with the id itself, which may be an identifier.
    const trimmed = readIdentifierCell(id ?? "", { file: this.#name, line, column, ordinal: position + 1 });
    const again = this.#targets.get(trimmed);
    if (again !== undefined) return again;
    const samples = this.#reading.samples.file;
    throw osteonError("connectors.sample-unknown", { file: this.#name, line, place, samples });
  }

  /** As {@link targetOf}, of a column's name, which PostgreSQL makes lower case where it is not quoted. */
  targetOfHeader(name: string, position: number): number {
    const exact = this.#targets.get(name);
    if (exact !== undefined) return exact;
    const alike = [...this.#targets].filter(([id]) => id.toLowerCase() === name.toLowerCase());
    if (alike.length === 1) return alike[0]![1];
    const samples = this.#reading.samples.file;
    throw osteonError("connectors.sample-column-unknown", {
      file: this.#name,
      line: 0,
      ordinal: position + 1,
      samples,
    });
  }

  refuseRepeated(targets: readonly number[], line: number, position: number): void {
    const chosen = targets.filter((target) => target >= 0);
    if (new Set(chosen).size === chosen.length) return;
    throw osteonError("connectors.value-twice", { file: this.#name, line, ordinal: position + 1 });
  }

  put({ values, filled }: GeneRow<T>, target: number, value: number, line: number, position: number): void {
    if (target < 0) return;
    const bit = 1 << (target & 7);
    if ((filled[target >> 3]! & bit) !== 0) {
      throw osteonError("connectors.value-twice", { file: this.#name, line, ordinal: position + 1 });
    }
    filled[target >> 3]! |= bit;
    if (Number.isNaN(value)) return;
    // The column is a number's, so this is an infinite one.
    if (value === notANumber) {
      throw osteonError("connectors.value-not-a-number", { file: this.#name, line, ordinal: position + 1 });
    }
    values[target] = this.#collector.convert(value, line, position + 1);
  }

  finish(): GeneMatrix<T> {
    return this.#collector.finish();
  }
}

/** The account of the columns: those of the form are taken, what stands beside them is not even asked for. */
function noteColumns(
  context: ReadingContext,
  columns: readonly QueryColumn[],
  shape: MatrixShape,
  table: TableName,
): void {
  const taken = new Set<number>(
    shape.form === "wide" ? [shape.gene, ...shape.owners] : (Object.values(shape).filter(Number.isInteger) as number[]),
  );
  context.columns.push({ table, column: "Hugo_Symbol", taken: true, role: "genomic" });
  columns.forEach(({ name }, position) => {
    if (taken.has(position)) return;
    const column = publishableHeader(name, position + 1);
    context.columns.push({ table, column, taken: false, reason: "not in the contract" });
  });
}
